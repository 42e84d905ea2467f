/* config_problem.c - collecting what is wrong with a config. */
#include "bot/config_problem.h"

#include "bot/base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MESSAGE_MAX 2000

void config_problem_add_list(struct config_problems *problems, const char *file, int line,
                             int column, enum severity severity, const char *format,
                             va_list args)
{
    char message[MESSAGE_MAX];
    vsnprintf(message, sizeof message, format, args);
    MEM_GROW(problems->items, problems->count, problems->capacity);
    problems->items[problems->count++] =
        (struct config_problem){.file = mem_dup(file),
                                .line = line,
                                .column = column,
                                .is_warning = severity == IS_WARNING,
                                .message = text_make_utf8(message, strlen(message))};
    problems->error_count += severity == IS_ERROR;
}

void config_problem_add(struct config_problems *problems, const char *file, int line,
                        int column, enum severity severity, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    config_problem_add_list(problems, file, line, column, severity, format, args);
    va_end(args);
}

struct ranked {
    struct config_problem problem;
    size_t file_rank, added;
};

static int compare_number(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

static int compare(const void *left, const void *right)
{
    const struct ranked *a = left, *b = right;
    int order = compare_number(a->file_rank, b->file_rank);
    if (order == 0)
        order = strcmp(a->problem.file, b->problem.file);
    if (order == 0)
        order = a->problem.line - b->problem.line;
    if (order == 0)
        order = a->problem.column - b->problem.column;
    return order ? order : compare_number(a->added, b->added);
}

void config_problems_sort(struct config_problems *problems, const char *first_file)
{
    if (problems->count == 0)
        return;
    struct ranked *ranked = mem_resize(NULL, problems->count, sizeof *ranked);
    for (size_t i = 0; i < problems->count; i++) {
        ranked[i].problem = problems->items[i];
        ranked[i].file_rank = !text_equal(problems->items[i].file, first_file);
        ranked[i].added = i;
    }
    qsort(ranked, problems->count, sizeof *ranked, compare);
    for (size_t i = 0; i < problems->count; i++)
        problems->items[i] = ranked[i].problem;
    free(ranked);
}

void config_problems_clear(struct config_problems *problems)
{
    if (problems == NULL)
        return;
    for (size_t i = 0; i < problems->count; i++) {
        free(problems->items[i].file);
        free(problems->items[i].message);
    }
    free(problems->items);
    *problems = (struct config_problems){0};
}

void config_problems_print(const struct config_problems *problems, struct buf *out)
{
    for (size_t i = 0; i < problems->count; i++) {
        const struct config_problem *problem = &problems->items[i];
        buf_add_text(out, problem->file);
        if (problem->line > 0)
            buf_addf(out, ":%d", problem->line);
        buf_addf(out, ": %s%s\n", problem->is_warning ? "warning: " : "",
                 problem->message);
    }
}
