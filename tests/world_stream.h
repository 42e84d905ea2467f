/* world_stream.h - the websocket of a world: the bot's wire and the embedded
 * homeserver's stream, joined in memory.
 */
#ifndef HEARTH_TESTS_WORLD_STREAM_H
#define HEARTH_TESTS_WORLD_STREAM_H

#include "tests/world.h"

struct wire world_stream_wire(struct world *world);
/* One step of the socket; true when something moved. */
bool world_stream_pump(struct world *world);
void world_stream_close(struct world *world);

#endif
