/* readme.c - README's table of commands is the one that the entries make. */
#include "bot/base/file.h"
#include "bot/base/limits.h"
#include "commands/command.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *where_text(enum where where)
{
    return where == IN_DM ? "private chat" : where == IN_GROUP ? "room" : "both";
}

static const char *role_text(enum role role)
{
    return role == ROLE_STRANGER ? "everyone"
           : role == ROLE_MEMBER ? "members"
                                 : "moderators";
}

static void write_table(struct buf *out)
{
    buf_add_text(out, "| command | what it does | where | for |\n|---|---|---|---|\n");
    for (size_t i = 0; command_table[i] != NULL; i++) {
        const struct command *command = command_table[i];
        buf_addf(out, "| `%s` | %s | %s | %s |\n", command->usage,
                 text_default(command->summary), where_text(command->where),
                 role_text(command->role));
    }
}

static void readme__lists__every_command(void **state)
{
    (void)state;
    struct buf table, readme;
    buf_init(&table, 1 << 16);
    buf_init(&readme, INI_FILE_MAX);
    write_table(&table);
    assert_int_equal(file_read("README.md", &readme), ST_OK);
    const char *start = strstr(readme.data, "<!-- commands:");
    assert_non_null(start);
    start = strchr(start, '\n') + 1;
    const char *end = strstr(start, "<!-- end of commands -->");
    assert_non_null(end);
    if ((size_t)(end - start) != table.len || memcmp(start, table.data, table.len) != 0)
        fprintf(stderr, "the table of commands in README should be:\n%s", table.data);
    assert_int_equal(end - start, table.len);
    assert_memory_equal(start, table.data, table.len);
    buf_clear(&table);
    buf_clear(&readme);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(readme__lists__every_command)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
