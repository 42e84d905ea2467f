/* commands_stage.h - a command's surroundings in tests: a real store, in a transaction,
 * and the small configuration of commands_talk.h.
 */
#ifndef HEARTH_TESTS_COMMANDS_STAGE_H
#define HEARTH_TESTS_COMMANDS_STAGE_H

#include "commands/match.h"
#include "commands/reply.h"
#include "tests/unit/commands_talk.h"
#include "tests/unit/store_test.h"

struct stage {
    void *place; /* first: remove_place wants it so */
    struct settings *settings;
    struct faq_index *faq;
    struct effects effects;
    struct now now;
    struct request request;
    struct turn turn;
};

static struct place *place_of(struct stage *stage)
{
    return stage->place;
}

static int make_stage(void **state)
{
    struct stage *stage = mem_alloc(sizeof *stage);
    if (make_store(&stage->place))
        return -1;
    stage->settings = talk_settings_from(talk_ini);
    stage->faq = faq_index_new(stage->settings);
    stage->now = (struct now){NOW, 1000};
    begin(place_of(stage));
    *state = stage;
    return 0;
}

static int remove_stage(void **state)
{
    struct stage *stage = *state;
    commit(place_of(stage));
    effects_clear(&stage->effects);
    faq_index_free(stage->faq);
    config_free(stage->settings);
    int result = remove_place(&stage->place);
    free(stage);
    return result;
}

#endif
