/* parse_event.h - one event's JSON to struct event; inside bot/matrix only. */
#ifndef HEARTH_MATRIX_PARSE_EVENT_H
#define HEARTH_MATRIX_PARSE_EVENT_H

#include "bot/matrix/json_scan.h"
#include "bot/model/event.h"

/* Append the event at the end of `list`. False, and nothing appended, when it
 * cannot be used. Stripped state of an invite has neither id nor time. */
bool parse_event(struct json_span json, bool is_stripped, struct event_list *list);

/* Append every event of an array; returns how many were left out. */
size_t parse_event_array(struct json_span array, bool is_stripped,
                         struct event_list *list);

/* The part of an event that only messages have (parse_message.c). */
struct cJSON;
void parse_message_content(const struct cJSON *content, struct event *event);

#endif
