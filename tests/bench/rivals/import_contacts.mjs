// SPDX-License-Identifier: MIT
/*
 * import_contacts.mjs - what a good script for Node takes: Microsoft's own client, pages of 999, one transaction,
 * prepared statements, indexes after the rows, a word index. Contacts as Graph gives them; numbers by their digits.
 *
 * node import_contacts.mjs DATABASE, with RIVAL_GRAPH (address of the service) and RIVAL_TOKEN in the environment.
 */
import Database from 'better-sqlite3'
import { Client, HTTPMessageHandler, PageIterator } from '@microsoft/microsoft-graph-client'

const graph = new URL(process.env.RIVAL_GRAPH)
// The client knows addresses with TLS only, and TLS is not what is compared: its handler for tokens, which would take them
// out of other requests, is left out, and links are given to it without their host.
const headers = { Authorization: `Bearer ${process.env.RIVAL_TOKEN}` }
const client = Client.initWithMiddleware({ baseUrl: graph.origin, middleware: new HTTPMessageHandler() })
const api = client.api.bind(client)
client.api = (path) => api(path.replace(`${graph.origin}/v1.0`, ''))

const texts = ['id', 'changeKey', 'parentFolderId', 'createdDateTime', 'lastModifiedDateTime', 'displayName', 'givenName',
  'middleName', 'surname', 'title', 'generation', 'nickName', 'initials', 'fileAs', 'yomiGivenName', 'yomiSurname',
  'yomiCompanyName', 'companyName', 'department', 'jobTitle', 'officeLocation', 'profession', 'manager', 'assistantName',
  'spouseName', 'personalNotes', 'birthday', 'businessHomePage']
const addressParts = ['street', 'city', 'state', 'postalCode', 'countryOrRegion']

const db = new Database(process.argv[2])
db.pragma('journal_mode = WAL')
db.pragma('synchronous = FULL')
db.exec(`
  CREATE TABLE contact (number INTEGER PRIMARY KEY, ${texts.join(', ')});
  CREATE TABLE email (contact, ord, address COLLATE NOCASE, name, PRIMARY KEY (contact, ord)) WITHOUT ROWID;
  CREATE TABLE phone (contact, ord, kind, raw, digits, PRIMARY KEY (contact, ord)) WITHOUT ROWID;
  CREATE TABLE address (contact, ord, kind, ${addressParts.join(', ')}, PRIMARY KEY (contact, ord)) WITHOUT ROWID;
  CREATE TABLE field (contact, ord, kind, value, PRIMARY KEY (contact, ord)) WITHOUT ROWID;
  CREATE VIRTUAL TABLE search USING fts5 (names, others, numbers, content = '', columnsize = 0, detail = column,
                                          prefix = '1 2 3');`)
const insert = (table, n) => db.prepare(`INSERT INTO ${table} VALUES (${Array(n).fill('?').join(', ')})`)
const putContact = insert('contact', texts.length + 1)
const putEmail = insert('email', 4)
const putPhone = insert('phone', 5)
const putAddress = insert('address', 3 + addressParts.length)
const putField = insert('field', 4)
const putWords = db.prepare('INSERT INTO search (rowid, names, others, numbers) VALUES (?, ?, ?, ?)')

let number = 0
function keep (contact) {
  const phones = [['mobile', contact.mobilePhone], ...(contact.businessPhones ?? []).map((raw) => ['work', raw]),
    ...(contact.homePhones ?? []).map((raw) => ['home', raw])].filter(([, raw]) => raw)
  const digits = phones.map(([, raw]) => raw.replace(/\D/g, ''))
  const emails = contact.emailAddresses ?? []
  const addresses = ['businessAddress', 'homeAddress', 'otherAddress']
  const fields = [...(contact.categories ?? []).map((value) => ['category', value]),
    ...(contact.imAddresses ?? []).map((value) => ['chat', value]),
    ...(contact.children ?? []).map((value) => ['child', value])]

  number++
  putContact.run(number, ...texts.map((name) => contact[name] || null))
  emails.forEach((email, ord) => putEmail.run(number, ord, email.address ?? null, email.name ?? null))
  phones.forEach(([kind, raw], ord) => putPhone.run(number, ord, kind, raw, digits[ord]))
  addresses.forEach((kind, ord) => {
    const address = contact[kind]
    if (address && Object.keys(address).length > 0) {
      putAddress.run(number, ord, kind, ...addressParts.map((part) => address[part] ?? null))
    }
  })
  fields.forEach(([kind, value], ord) => putField.run(number, ord, kind, value))
  putWords.run(number,
    [contact.displayName, contact.givenName, contact.surname, contact.nickName].filter(Boolean).join(' '),
    [contact.companyName, contact.department, contact.jobTitle, ...emails.map((e) => e.address)].filter(Boolean).join(' '),
    digits.join(' '))
  return true
}

db.exec('BEGIN IMMEDIATE')
const first = await client.api('/me/contacts').top(999).headers(headers).get()
await new PageIterator(client, first, keep, { headers }).iterate()
db.exec(`CREATE INDEX contact_id ON contact (id); CREATE INDEX contact_order ON contact (surname, givenName);
         CREATE INDEX email_address ON email (address); CREATE INDEX phone_digits ON phone (digits); COMMIT`)
db.close()
console.log(`${number} contacts`)
