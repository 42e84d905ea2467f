/* effect.c - growing and freeing of effects; no other behaviour. */
#include "bot/model/effect.h"

#include "bot/base/mem.h"

#include <stdlib.h>
#include <string.h>

struct effect *effects_add(struct effects *effects, enum effect_kind kind)
{
    MEM_GROW(effects->items, effects->count, effects->capacity);
    struct effect *effect = &effects->items[effects->count++];
    memset(effect, 0, sizeof *effect);
    effect->kind = kind;
    return effect;
}

void effect_clear(struct effect *effect)
{
    if (!effect)
        return;
    free(effect->room_id);
    free(effect->user_id);
    free(effect->text);
    free(effect->answers);
    free(effect->thread_root);
    free(effect->target);
    free(effect->via);
    free(effect->show);
    free(effect->mention);
    free(effect->checkin);
    strv_clear(&effect->checkin_items);
    free(effect->question);
    strv_clear(&effect->choice_ids);
    strv_clear(&effect->choice_texts);
    memset(effect, 0, sizeof *effect);
}

void effects_cut(struct effects *effects, size_t count)
{
    while (effects->count > count)
        effect_clear(&effects->items[--effects->count]);
}

void effects_clear(struct effects *effects)
{
    if (!effects)
        return;
    effects_cut(effects, 0);
    free(effects->items);
    memset(effects, 0, sizeof *effects);
}
