/* SPDX-License-Identifier: MIT */
/* reader_escape.h - the lock put to the test, for tests and for whoever wants to see it. */
#pragma once

/*
 * Behind the lock, try what a hostile file would try, and print one line for each: "socket: refused (EPERM)".
 * locks: what reader_lock() said. Returns the program's exit code: 0 when everything was refused.
 */
int reader_escape(unsigned locks);
