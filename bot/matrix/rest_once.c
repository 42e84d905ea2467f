/* rest_once.c - one blocking request on a loop of its own. */
#include "bot/matrix/rest_curl.h"

#include "bot/base/limits.h"

struct once {
    struct rest_curl *rest;
    struct rest_answer answer;
    struct buf body; /* the body, or the reason why there is none */
};

static void keep_answer(void *ctx, const struct rest_answer *answer)
{
    struct once *once = ctx;
    once->answer = *answer;
    if (answer->error)
        buf_add_text(&once->body, answer->error);
    else
        buf_add(&once->body, answer->body, answer->body_len);
    rest_curl_close(once->rest);
}

enum status rest_curl_once(const struct rest_curl_config *config, const char *token,
                           const struct rest_request *request, struct buf *ret_body,
                           struct rest_answer *ret_answer)
{
    struct once once = {0};
    uv_loop_t loop;

    if (uv_loop_init(&loop) != 0)
        return ST_IO;
    buf_init(&once.body, REST_BODY_MAX);
    enum status status = rest_curl_open(&loop, config, &once.rest);
    if (status == ST_OK) {
        struct rest rest = rest_curl_interface(once.rest);
        rest.set_token(rest.ctx, token);
        rest.start(rest.ctx, request, keep_answer, &once);
        uv_run(&loop, UV_RUN_DEFAULT); /* ends when the answer has closed everything */
    }
    uv_loop_close(&loop);
    if (status != ST_OK)
        return status;
    const char *text = once.body.data ? once.body.data : "";
    *ret_body = once.body;
    *ret_answer = once.answer;
    ret_answer->error = once.answer.error ? text : NULL;
    ret_answer->body = once.answer.error ? "" : text;
    return ST_OK;
}
