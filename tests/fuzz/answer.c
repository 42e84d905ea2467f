/* answer.c - fuzz target: any bytes as a member's answer.
 *
 * Besides not crashing: every value read lies in 0..10, and only READ_VALUES
 * carries any; as a first answer it comes to one line.
 */
#include "commands/first_answer.h"
#include "commands/answer_read.h"
#include "commands/safety.h"

#include "tests/unit/commands_settings.h"

#include <stdlib.h>
#include <string.h>

static void check_line(const struct settings *settings, const struct safety_rules *rules,
                       const char *text)
{
    char *line = first_answer_line(settings, rules, &settings->checkins[0], text);
    if (line[0] == '\0' || strchr(line, '\n') != NULL)
        abort();
    free(line);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct reading *reading)
{
    bool has_any = false;
    for (int i = 0; i < ITEMS_MAX; i++) {
        int value = reading->values[i];
        if (value < SCORE_SKIP || value > VALUE_MAX)
            abort();
        has_any |= value != VALUE_NONE;
    }
    if (has_any != (reading->kind == READ_VALUES))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct settings *settings; /* kept for the whole run */
    static struct safety_rules *rules;
    struct reading reading;
    if (size == 0)
        return 0;
    if (settings == NULL)
        settings = settings_for_checkins();
    if (rules == NULL)
        rules = safety_rules_new(&settings->safety);
    char *text = mem_dup_len((const char *)data + 1, size - 1);
    answer_read(settings, &settings->checkins[0], data[0], text, &reading);
    check(&reading);
    check_line(settings, rules, text);
    free(text);
    return 0;
}
