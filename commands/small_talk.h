/* small_talk.h - messages that ask nothing and deserve no "I don't know". */
#ifndef HEARTH_COMMANDS_SMALL_TALK_H
#define HEARTH_COMMANDS_SMALL_TALK_H

enum small_talk {
    SMALL_TALK_NONE, /* says something */
    SMALL_TALK_HELLO,
    SMALL_TALK_THANKS,
    SMALL_TALK_QUIET /* "ok", a lone sign: needs no reply */
};

enum small_talk small_talk_read(const char *text);

#endif
