/* SPDX-License-Identifier: MIT */
/* sandbox_google_groups.h - the groups of an address book at Google: a few that it always has, and people's own. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#define SANDBOX_GROUP_ID_SIZE 20

/* The id of the own group of this name; false when there is none. */
bool sandbox_group_id_of(const char *name, char out[SANDBOX_GROUP_ID_SIZE]);
