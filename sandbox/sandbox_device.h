/* SPDX-License-Identifier: MIT */
/* sandbox_device.h - the polling side of the device code grant, for the token endpoint. */
#pragma once

#include <stdbool.h>

#include "sandbox/sandbox_identity.h"

/* true: approved, and ret_token says for whom. false: an answer was made. */
bool sandbox_device_poll(struct sandbox_request *req, const struct sandbox_params *form, const struct sandbox_app *app,
                         struct sandbox_token *ret_token, struct sandbox_answer *ans);
