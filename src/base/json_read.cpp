/* SPDX-License-Identifier: MIT */
/*
 * json_read.cpp - JSON as C sees it, over simdjson's DOM; see json_read.h.
 *
 * Before: http/ or a file gives the bytes of one document.
 * After:  parse/ and signin/ walk over its values.
 *
 * No C++ type and no exception leaves this file: simdjson is compiled to answer
 * with error codes. A handle is a dom::element, a walk its container and an
 * iterator, copied byte by byte into the opaque words of the C structs; the
 * assertions below say why that is allowed.
 */
#define SIMDJSON_EXCEPTIONS 0
#include <simdjson.h>

#include <sodium.h>
#include <yajl/yajl_parse.h>

#include <cstdlib>
#include <cstring>
#include <new>
#include <type_traits>

/* In C a function may bear the name of a struct; g++ says so at every one. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"
#include "base/json_read.h"
#pragma GCC diagnostic pop

extern "C" {
#include "base/alloc.h"
#include "base/buf.h"
#include "base/text.h"
}

namespace dom = simdjson::dom;

namespace
{

constexpr size_t max_bytes = size_t{64} * 1024 * 1024;
constexpr size_t max_levels = 64;
constexpr size_t first_capacity = size_t{16} * 1024;
constexpr size_t spilled_bytes = size_t{16} * 1024; /* of the stack: simdjson's vectors come to lie there */
constexpr char byte_order_mark[] = "\xEF\xBB\xBF";
constexpr size_t byte_order_mark_len = sizeof(byte_order_mark) - 1;

} // namespace

struct kith_json_reader {
    dom::parser parser; /* keeps the document's strings; its text is not needed once it was parsed */
    bool secret = false;
};

namespace
{

/* --- Handles ------------------------------------------------------------ */

template <typename T> constexpr bool can_be_words(size_t n_bytes)
{
    return std::is_trivially_copyable<T>::value && sizeof(T) == n_bytes;
}
static_assert(can_be_words<dom::element>(sizeof(kith_json::opaque)), "a handle holds one element");
static_assert(can_be_words<dom::element>(16) && can_be_words<dom::array::iterator>(16) &&
                  can_be_words<dom::object::iterator>(16) && sizeof(kith_json_walk::opaque) == 32,
              "a walk holds its container and one iterator");

template <typename T> T load(const uint64_t *words) noexcept
{
    T value;

    std::memcpy(static_cast<void *>(&value), words, sizeof(value));
    return value;
}

template <typename T> void save(const T &value, uint64_t *words) noexcept
{
    std::memcpy(words, &value, sizeof(value));
}

kith_json_type type_of(dom::element element) noexcept
{
    switch (element.type()) {
    case dom::element_type::ARRAY:
        return KITH_JSON_ARRAY;
    case dom::element_type::OBJECT:
        return KITH_JSON_OBJECT;
    case dom::element_type::INT64:
    case dom::element_type::UINT64:
    case dom::element_type::DOUBLE:
        return KITH_JSON_NUMBER;
    case dom::element_type::STRING:
        return KITH_JSON_STRING;
    case dom::element_type::BOOL:
        return KITH_JSON_BOOL;
    case dom::element_type::NULL_VALUE:
        return KITH_JSON_NULL;
    }
    return KITH_JSON_NONE;
}

kith_json handle_of(dom::element element) noexcept
{
    kith_json v = {};

    save(element, v.opaque);
    v.type = type_of(element);
    return v;
}

/* The words of a handle as T; false when it is something else, a missing value included. */
template <typename T> bool as(const kith_json &v, T &ret) noexcept
{
    if (v.type == KITH_JSON_NONE)
        return false;
    return load<dom::element>(v.opaque).get(ret) == simdjson::SUCCESS;
}

/* --- Reading a document ------------------------------------------------- */

void overwrite_strings(kith_json_reader *reader) noexcept
{
    uint8_t *strings = reader->parser.doc.string_buf.get();

    if (strings)
        explicit_bzero(strings, reader->parser.doc.capacity() / 3 * 5); /* as much as simdjson reserves for them */
}

/* The value of four hexadecimal digits; -1 when they are not. */
int read_hex4(const char *p) noexcept
{
    int value = 0;

    for (int i = 0; i < 4; i++) {
        char c = p[i];
        int digit = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;
        if (digit < 0)
            return -1;
        value = value << 4 | digit;
    }
    return value;
}

/* The code unit of a \uXXXX at p, which lies before end; -1 when there is none. */
int read_escape(const char *p, const char *end) noexcept
{
    return end - p >= 6 && p[0] == '\\' && p[1] == 'u' ? read_hex4(p + 2) : -1;
}

/*
 * Services cut names after so many UTF-16 units and then send half a character,
 * "\ud83d" without its second half. simdjson refuses the whole page for it; one
 * odd name must not cost a person all others, so the half becomes U+FFFD.
 * true: there was one.
 */
bool mend_half_characters(char *text, size_t len) noexcept
{
    const char *end = text + len;
    bool mended = false;

    for (char *p = text; (p = static_cast<char *>(std::memchr(p, '\\', static_cast<size_t>(end - p)))) != nullptr;) {
        int unit = read_escape(p, end);
        if (unit < 0) { /* another escape: its second byte may be a backslash */
            p += end - p >= 2 ? 2 : 1;
            continue;
        }
        bool high = unit >= 0xD800 && unit <= 0xDBFF;
        int next = high ? read_escape(p + 6, end) : -1;
        if (high && next >= 0xDC00 && next <= 0xDFFF) {
            p += 12;
            continue;
        }
        if (unit >= 0xD800 && unit <= 0xDFFF) {
            std::memcpy(p + 2, "fffd", 4);
            mended = true;
        }
        p += 6;
    }
    return mended;
}

/* simdjson reads its padding beyond len. */
simdjson::error_code parse(kith_json_reader *reader, char *text, size_t len, dom::element &ret) noexcept
{
    /* The first allocation sets how deep a document may be; simdjson keeps to it when it grows by itself. */
    if (reader->parser.capacity() == 0 && reader->parser.allocate(first_capacity, max_levels) != simdjson::SUCCESS)
        return simdjson::MEMALLOC;

    simdjson::error_code error = reader->parser.parse(text, len, /* realloc_if_needed= */ false).get(ret);

    if (error == simdjson::STRING_ERROR && mend_half_characters(text, len))
        error = reader->parser.parse(text, len, /* realloc_if_needed= */ false).get(ret);
    return error;
}

/* --- Saying why not ----------------------------------------------------- */

enum class fault { none, at_offset, at_end };

/*
 * simdjson's DOM does not say where it stopped. yajl, which writes our JSON
 * anyway, does; it is slower, and only asked when there is something to explain.
 */
fault find_fault(const char *text, size_t len, size_t *ret_offset) noexcept
{
    yajl_handle yajl = yajl_alloc(nullptr, nullptr, nullptr);
    fault found = fault::none;

    if (!yajl)
        return found;
    if (yajl_parse(yajl, reinterpret_cast<const unsigned char *>(text), len) != yajl_status_ok) {
        size_t consumed = yajl_get_bytes_consumed(yajl); /* the byte it could not bear included */
        *ret_offset = consumed > 0 ? consumed - 1 : 0;
        found = fault::at_offset;
    } else if (yajl_complete_parse(yajl) != yajl_status_ok) {
        *ret_offset = len;
        found = fault::at_end;
    }
    yajl_free(yajl);
    return found;
}

const char *words_of(simdjson::error_code error) noexcept
{
    switch (error) {
    case simdjson::DEPTH_ERROR:
        return "deeper than 64 levels";
    case simdjson::CAPACITY:
        return "larger than 64 MiB";
    case simdjson::MEMALLOC:
        return "not enough memory";
    case simdjson::STRING_ERROR:
        return "broken escape in a string";
    case simdjson::T_ATOM_ERROR:
    case simdjson::F_ATOM_ERROR:
    case simdjson::N_ATOM_ERROR:
        return "unknown word";
    case simdjson::NUMBER_ERROR:
        return "broken or too large number";
    case simdjson::UTF8_ERROR:
        return "not UTF-8";
    case simdjson::EMPTY:
        return "nothing there";
    case simdjson::UNESCAPED_CHARS:
        return "control character in a string";
    case simdjson::UNCLOSED_STRING:
        return "unexpected end in a string";
    default:
        return "unexpected character";
    }
}

/* skipped: bytes of the document before text. */
void explain(simdjson::error_code error, const char *text, size_t len, size_t skipped, char *why,
             size_t why_size) noexcept
{
    const char *words = words_of(error);
    size_t offset = 0;

    switch (error) {
    case simdjson::DEPTH_ERROR:
    case simdjson::CAPACITY:
    case simdjson::MEMALLOC:
    case simdjson::EMPTY:
        (void)kith_text_copy(why, why_size, words); /* about the whole, not about a place in it */
        return;
    case simdjson::UTF8_ERROR:
        offset = kith_utf8_valid_len(text, len);
        break;
    default:
        fault found = find_fault(text, len, &offset);
        if (found == fault::none) { /* as with a number that is right but too large for us */
            (void)kith_text_copy(why, why_size, words);
            return;
        }
        if (found == fault::at_end && error != simdjson::UNCLOSED_STRING)
            words = "unexpected end";
    }
    (void)kith_text_format(why, why_size, "%s at byte %zu", words, skipped + offset);
}

bool refuse(simdjson::error_code error, char *why, size_t why_size) noexcept
{
    explain(error, "", 0, 0, why, why_size);
    return false;
}

/* Takes text: len bytes from malloc(), and room for simdjson's padding behind them. */
bool read_taken(kith_json_reader *reader, char *text, size_t len, kith_json *ret, char *why, size_t why_size) noexcept
{
    const bool marked = len >= byte_order_mark_len && std::memcmp(text, byte_order_mark, byte_order_mark_len) == 0;
    const size_t skipped = marked ? byte_order_mark_len : 0;
    simdjson::error_code error = simdjson::EMPTY;
    dom::element root;

    std::memset(text + len, 0, simdjson::SIMDJSON_PADDING);
    if (len > skipped)
        error = parse(reader, text + skipped, len - skipped, root);
    if (error == simdjson::SUCCESS)
        *ret = handle_of(root);
    else
        explain(error, text + skipped, len - skipped, skipped, why, why_size);
    if (reader->secret) {
        explicit_bzero(text, len);
        sodium_stackzero(spilled_bytes);
    }
    std::free(text);
    return error == simdjson::SUCCESS;
}

} // namespace

/* --- What C calls ------------------------------------------------------- */

kith_json_reader *kith_json_reader_new(void)
{
    return new (kith_xcalloc(1, sizeof(kith_json_reader))) kith_json_reader;
}

void kith_json_reader_free(kith_json_reader *reader)
{
    if (!reader)
        return;
    if (reader->secret)
        overwrite_strings(reader);
    reader->~kith_json_reader();
    std::free(reader);
}

void kith_json_reader_keep_secret(kith_json_reader *reader)
{
    reader->secret = true;
}

bool kith_json_read(kith_json_reader *reader, const char *bytes, size_t len, kith_json *ret, char *why, size_t why_size)
{
    char *text = len <= max_bytes ? static_cast<char *>(std::malloc(len + simdjson::SIMDJSON_PADDING)) : nullptr;

    if (!text)
        return refuse(len > max_bytes ? simdjson::CAPACITY : simdjson::MEMALLOC, why, why_size);
    if (len > 0)
        std::memcpy(text, bytes, len);
    return read_taken(reader, text, len, ret, why, why_size);
}

bool kith_json_read_buf(kith_json_reader *reader, kith_buf *buf, kith_json *ret, char *why, size_t why_size)
{
    const size_t len = buf->len;

    if (len > max_bytes)
        return refuse(simdjson::CAPACITY, why, why_size);
    if (buf->secret) { /* such memory is neither realloc()'s nor free()'s */
        const bool is_read = kith_json_read(reader, kith_buf_text(buf), len, ret, why, why_size);
        kith_buf_done(buf);
        return is_read;
    }
    char *text = static_cast<char *>(std::realloc(buf->data, len + simdjson::SIMDJSON_PADDING));
    if (!text)
        return refuse(simdjson::MEMALLOC, why, why_size);
    buf->data = nullptr; /* and so buf is empty */
    kith_buf_done(buf);
    return read_taken(reader, text, len, ret, why, why_size);
}

kith_json kith_json_member(kith_json v, const char *name)
{
    dom::object object;
    dom::element found;

    if (!as(v, object) || object.at_key(name).get(found) != simdjson::SUCCESS)
        return kith_json{};
    return handle_of(found);
}

const char *kith_json_string(kith_json v, size_t *ret_len)
{
    std::string_view text;

    if (!as(v, text)) {
        *ret_len = 0;
        return "";
    }
    *ret_len = text.size();
    return text.data(); /* simdjson ends it with a NUL */
}

bool kith_json_int64(kith_json v, int64_t *ret)
{
    std::string_view text;
    int64_t number = 0;

    if (v.type == KITH_JSON_STRING) {
        if (!as(v, text) || text.size() != std::strlen(text.data()))
            return false;
        return kith_text_to_int64(text.data(), INT64_MIN, INT64_MAX, ret);
    }
    if (!as(v, number))
        return false;
    *ret = number;
    return true;
}

bool kith_json_double(kith_json v, double *ret)
{
    double number = 0;

    if (!as(v, number))
        return false;
    *ret = number;
    return true;
}

bool kith_json_bool(kith_json v, bool preset)
{
    bool value = preset;

    return as(v, value) ? value : preset;
}

/* simdjson's own count stops at 24 bits; a larger one is taken by walking. */
template <typename T> static size_t count(const T &container) noexcept
{
    constexpr size_t saturated = 0xFFFFFF;
    size_t n = container.size();

    if (n < saturated)
        return n;
    n = 0;
    for (auto at = container.begin(), end = container.end(); at != end; ++at)
        n++;
    return n;
}

size_t kith_json_length(kith_json v)
{
    dom::array array;
    dom::object object;

    if (as(v, array))
        return count(array);
    return as(v, object) ? count(object) : 0;
}

/* The first two words of a walk hold its container, the last two an iterator; its value begins as the container. */
struct kith_json_walk kith_json_walk(kith_json v)
{
    struct kith_json_walk walk = {};
    dom::array array;
    dom::object object;

    walk.name = "";
    if (as(v, array))
        save(array.begin(), walk.opaque + 2);
    else if (as(v, object))
        save(object.begin(), walk.opaque + 2);
    else
        return walk;
    save(load<dom::element>(v.opaque), walk.opaque);
    return walk;
}

static bool is_over(const struct kith_json_walk *walk) noexcept
{
    static const uint64_t nothing[4] = {};

    return std::memcmp(walk->opaque, nothing, sizeof(nothing)) == 0;
}

/* A walk that came to its end stays there, however often it is asked. */
static bool finish(struct kith_json_walk *walk) noexcept
{
    *walk = (struct kith_json_walk){};
    walk->name = "";
    return false;
}

static bool next_element(struct kith_json_walk *walk, const dom::array &array) noexcept
{
    auto at = load<dom::array::iterator>(walk->opaque + 2);

    if (at == array.end())
        return finish(walk);
    walk->value = handle_of(*at);
    save(++at, walk->opaque + 2);
    return true;
}

static bool next_member(struct kith_json_walk *walk, const dom::object &object) noexcept
{
    auto at = load<dom::object::iterator>(walk->opaque + 2);

    if (at == object.end())
        return finish(walk);
    walk->name = at.key_c_str();
    walk->name_len = at.key_length();
    walk->value = handle_of(at.value());
    save(++at, walk->opaque + 2);
    return true;
}

bool kith_json_next(struct kith_json_walk *walk)
{
    dom::array array;
    dom::object object;

    if (is_over(walk))
        return false;
    auto container = load<dom::element>(walk->opaque);
    if (container.get(array) == simdjson::SUCCESS)
        return next_element(walk, array);
    if (container.get(object) == simdjson::SUCCESS)
        return next_member(walk, object);
    return finish(walk);
}
