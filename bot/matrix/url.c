/* url.c - libcurl's URL parser, so that every part of the program reads one
 * base URL in one way. */
#include "bot/matrix/url.h"

#include "bot/base/buf.h"
#include "bot/base/mem.h"
#include "bot/base/text.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>

#define AUTHORITY_MAX 1024

struct parts {
    char *scheme, *host, *port, *path;
};

static bool get_parts(CURLU *url, const char *text, struct parts *parts)
{
    return url && curl_url_set(url, CURLUPART_URL, text, 0) == CURLUE_OK &&
           curl_url_get(url, CURLUPART_SCHEME, &parts->scheme, 0) == CURLUE_OK &&
           curl_url_get(url, CURLUPART_HOST, &parts->host, 0) == CURLUE_OK &&
           curl_url_get(url, CURLUPART_PORT, &parts->port, CURLU_DEFAULT_PORT) ==
               CURLUE_OK &&
           curl_url_get(url, CURLUPART_PATH, &parts->path, 0) == CURLUE_OK;
}

static char *make_authority(const char *host, int port, bool is_tls)
{
    struct buf out;
    buf_init(&out, AUTHORITY_MAX);
    buf_add_text(&out, host);
    if (port != (is_tls ? 443 : 80))
        buf_addf(&out, ":%d", port);
    return buf_take(&out);
}

static enum status use_parts(const struct parts *parts, struct url *ret_url)
{
    const char *host = parts->host;
    bool is_tls = strcmp(parts->scheme, "https") == 0;
    int64_t port = 0;

    if ((!is_tls && strcmp(parts->scheme, "http") != 0) ||
        text_to_int(parts->port, 1, 65535, &port) != ST_OK || !*host ||
        strlen(host) > AUTHORITY_MAX / 2)
        return ST_INVALID;
    *ret_url = (struct url){
        .is_tls = is_tls,
        .host = *host == '[' ? mem_dup_len(host + 1, strlen(host) - 2) : mem_dup(host),
        .authority = make_authority(host, (int)port, is_tls),
        .path = mem_dup(strcmp(parts->path, "/") == 0 ? "" : parts->path),
        .port = (int)port,
    };
    return ST_OK;
}

enum status url_parse(const char *text, struct url *ret_url)
{
    struct parts parts = {0};
    CURLU *url = curl_url();
    enum status status =
        get_parts(url, text, &parts) ? use_parts(&parts, ret_url) : ST_INVALID;
    curl_free(parts.scheme);
    curl_free(parts.host);
    curl_free(parts.port);
    curl_free(parts.path);
    curl_url_cleanup(url);
    return status;
}

void url_clear(struct url *url)
{
    free(url->host);
    free(url->authority);
    free(url->path);
    *url = (struct url){0};
}

bool url_is_loopback(const struct url *url)
{
    return text_equal(url->host, "localhost") || text_equal(url->host, "::1") ||
           (text_starts(url->host, "127.") &&
            strspn(url->host, "0123456789.") == strlen(url->host));
}
