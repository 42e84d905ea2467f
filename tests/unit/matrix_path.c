/* matrix_path.c - request paths: encoded once, everywhere the same. */
#include "bot/matrix/path.h"

#include "bot/matrix/json_scan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define V3 "/_matrix/client/v3"

static void check(char *path, const char *expected)
{
    assert_string_equal(path, expected);
    free(path);
}

static void path_encode__escapes__all_but_unreserved(void **state)
{
    (void)state;
    check(path_encode("aZ09-._~"), "aZ09-._~");
    check(path_encode("!a:b/c?d#e%f g"), "%21a%3Ab%2Fc%3Fd%23e%25f%20g");
    check(path_encode("\xC3\xA9+&="), "%C3%A9%2B%26%3D");
    check(path_encode(""), "");
}

static void path_x__builds__each_request(void **state)
{
    (void)state;
    check(path_send("!r:x", "m.room.message", "t/1"),
          V3 "/rooms/%21r%3Ax/send/m.room.message/t%2F1");
    check(path_redact("!r", "$e", "t"), V3 "/rooms/%21r/redact/%24e/t");
    check(path_state("!r", "m.room.member", "@a:x"),
          V3 "/rooms/%21r/state/m.room.member/%40a%3Ax");
    check(path_state("!r", "m.room.create", ""), V3 "/rooms/%21r/state/m.room.create/");
    check(path_full_state("!r"), V3 "/rooms/%21r/state");
    check(path_receipt("!r", "m.read", "$e"), V3 "/rooms/%21r/receipt/m.read/%24e");
    check(path_join("#a:x", NULL), V3 "/join/%23a%3Ax");
    check(path_join("!r", "x y"), V3 "/join/%21r?via=x%20y&server_name=x%20y");
    check(path_leave("!r"), V3 "/rooms/%21r/leave");
    check(path_create_room(), V3 "/createRoom");
    check(path_account_data("@a:x", "m.direct"),
          V3 "/user/%40a%3Ax/account_data/m.direct");
    check(path_members("!r"), V3 "/rooms/%21r/members");
    check(path_event("!r:x", "$e/1"), V3 "/rooms/%21r%3Ax/event/%24e%2F1");
    check(path_messages("!r", NULL, NULL, 50), V3 "/rooms/%21r/messages?dir=b&limit=50");
    check(path_messages("!r", "f&", "t", 9),
          V3 "/rooms/%21r/messages?dir=b&limit=9&from=f%26&to=t");
    check(path_alias("#a:x"), V3 "/directory/room/%23a%3Ax");
    check(path_joined_rooms(), V3 "/joined_rooms");
    check(path_whoami(), V3 "/account/whoami");
    check(path_login(), V3 "/login");
    check(path_versions(), "/_matrix/client/versions");
    check(path_media_create(), "/_matrix/media/v1/create");
    check(path_media_upload(), "/_matrix/media/v3/upload");
    check(path_media_put("mxc://x:1/a?b"), "/_matrix/media/v3/upload/x%3A1/a%3Fb");
    assert_null(path_media_put("https://x/a"));
    assert_null(path_media_put("mxc://x/"));
    assert_null(path_media_put("mxc:///a"));
}

static void path_sync__asks__for_no_presence(void **state)
{
    (void)state;
    check(path_sync(NULL, NULL, 0), V3 "/sync?timeout=0&set_presence=offline");
    check(path_sync("s_1&x", "{}", 30000),
          V3 "/sync?timeout=30000&set_presence=offline&since=s_1%26x&filter=%7B%7D");
}

static void path_stream__holds_the_token__only_for_an_old_gateway(void **state)
{
    (void)state;
    static const char base[] = "/_matrix/client/unstable/org.hearthbot.stream/v1";
    check(path_stream(NULL, NULL, NULL, false), base);
    check(path_stream("s", "f", NULL, false),
          "/_matrix/client/unstable/org.hearthbot.stream/v1?since=s&filter=f");
    check(path_stream(NULL, NULL, "a b", true),
          "/_matrix/client/unstable/stream?access_token=a%20b");
}

static void sync_filter__is__strict_json(void **state)
{
    (void)state;
    struct json_span value;
    char *filter = sync_filter();
    assert_int_equal(json_scan_check(filter, strlen(filter), &value), ST_OK);
    assert_non_null(strstr(filter, "\"limit\":100"));
    assert_non_null(strstr(filter, "\"lazy_load_members\":true"));
    assert_non_null(strstr(filter, "\"include_redundant_members\":false"));
    assert_non_null(strstr(filter, "\"org.matrix.msc3381.poll.response\""));
    assert_non_null(strstr(filter, "\"m.poll.response\""));
    /* our own polls have to come back: see rule E2 */
    assert_non_null(strstr(filter, "\"org.matrix.msc3381.poll.start\""));
    assert_non_null(strstr(filter, "\"presence\":{\"types\":[]}"));
    assert_non_null(strstr(filter, "\"account_data\":{\"types\":[\"m.direct\"]}"));
    free(filter);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(path_encode__escapes__all_but_unreserved),
        cmocka_unit_test(path_x__builds__each_request),
        cmocka_unit_test(path_sync__asks__for_no_presence),
        cmocka_unit_test(path_stream__holds_the_token__only_for_an_old_gateway),
        cmocka_unit_test(sync_filter__is__strict_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
