/* url.h - the homeserver's base URL taken apart. */
#ifndef HEARTH_MATRIX_URL_H
#define HEARTH_MATRIX_URL_H

#include "bot/base/status.h"
#include <stdbool.h>

struct url {
    bool is_tls;
    char *host;      /* without the brackets of an IPv6 address */
    char *authority; /* as in a Host header: port only if it is not the default */
    char *path;      /* "" or "/prefix" */
    int port;
};

/* ST_INVALID unless it is an http or https URL. */
enum status url_parse(const char *text, struct url *ret_url) MUST_CHECK;
void url_clear(struct url *url);
bool url_is_loopback(const struct url *url);

#endif
