/* hs_fault.c - faults on purpose, for tests and the demo. */
#include "bot/demo/hs_internal.h"
#include "bot/base/mem.h"
#include <stdlib.h>
#include <string.h>

void hs_fault_add(struct hs *hs, const struct hs_fault *fault)
{
    if (hs->fault_count >= HS_FAULTS_MAX)
        return;
    struct hs_own_fault *own = &hs->faults[hs->fault_count++];
    *own = (struct hs_own_fault){.fault = *fault,
                                 .method = mem_dup(fault->method),
                                 .path_part = mem_dup(fault->path_part),
                                 .user_id = mem_dup(fault->user_id)};
    own->fault.method = own->method;
    own->fault.path_part = own->path_part;
    own->fault.user_id = own->user_id;
}

void hs_fault_clear(struct hs *hs)
{
    for (size_t i = 0; i < hs->fault_count; i++) {
        free(hs->faults[i].method);
        free(hs->faults[i].path_part);
        free(hs->faults[i].user_id);
    }
    hs->fault_count = 0;
}

struct hs_fault *hs_fault_find(struct hs *hs, enum hs_fault_kind kind, const char *method,
                               const char *path, const char *user_id)
{
    for (size_t i = 0; i < hs->fault_count; i++) {
        struct hs_fault *fault = &hs->faults[i].fault;
        if (fault->kind == kind && fault->times != 0 &&
            (!fault->method || text_equal(fault->method, method)) &&
            (!fault->path_part || strstr(path, fault->path_part)) &&
            (!fault->user_id || text_equal(fault->user_id, user_id)))
            return fault;
    }
    return NULL;
}

void hs_fault_use(struct hs_fault *fault)
{
    if (fault->times > 0)
        fault->times--;
}

static const char *usual_errcode(int status)
{
    switch (status) {
    case 401:
        return "M_UNKNOWN_TOKEN";
    case 403:
        return "M_FORBIDDEN";
    case 404:
        return "M_NOT_FOUND";
    case 413:
        return "M_TOO_LARGE";
    case 429:
        return "M_LIMIT_EXCEEDED";
    default:
        return "M_UNKNOWN";
    }
}

void hs_fault_answer(struct hs_call *call, int status, int64_t retry_after_ms)
{
    struct hs_response *response = call->response;
    struct json_writer w;
    buf_reset(&response->body);
    response->status = status;
    response->content_type = "application/json";
    if (status >= 500) {
        response->content_type = "text/html";
        buf_addf(&response->body,
                 "<html><head><title>%d</title></head><body>Sorry</body></html>\n",
                 status);
        return;
    }
    json_begin(&w, &response->body);
    json_object(&w, NULL);
    json_text(&w, "errcode", usual_errcode(status));
    json_text(&w, "error", status == 429 ? "Too Many Requests" : "As ordered");
    if (status == 429) {
        response->retry_after_ms = retry_after_ms;
        json_int(&w, "retry_after_ms", retry_after_ms);
    }
    json_object_end(&w);
}

static struct hs_fault *find_for(struct hs_call *call, enum hs_fault_kind kind)
{
    return hs_fault_find(call->hs, kind, call->request->method, call->request->path,
                         hs_whoami(call->hs, call->request->token));
}

/* A slow answer is asked for again and again: it is counted when it comes. */
bool hs_fault_before(struct hs_call *call)
{
    struct hs_fault *fault = find_for(call, HS_FAULT_SLOW);
    if (fault && call->now_ms - call->asked_ms < fault->delay_ms) {
        call->must_wait = true;
        return true;
    }
    if (fault)
        hs_fault_use(fault);
    fault = find_for(call, HS_FAULT_STATUS);
    if (!fault)
        return false;
    hs_fault_use(fault);
    hs_fault_answer(call, fault->status, fault->retry_after_ms);
    return true;
}

void hs_fault_after(struct hs_call *call)
{
    struct hs_fault *fault = find_for(call, HS_FAULT_LOSE_ANSWER);
    if (!fault)
        return;
    hs_fault_use(fault);
    hs_fault_answer(call, 504, -1);
}

bool hs_stream_must_drop(struct hs *hs)
{
    struct hs_fault *fault =
        hs_fault_find(hs, HS_FAULT_DROP_STREAM, "GET", HS_STREAM_PATH, NULL);
    if (!fault)
        return false;
    if (fault->after > 0) {
        fault->after--;
        return false;
    }
    hs_fault_use(fault);
    return true;
}
