/* example_config.h - config.example.ini inside the binary. */
#ifndef HEARTH_BOT_EXAMPLE_CONFIG_H
#define HEARTH_BOT_EXAMPLE_CONFIG_H

#include <stddef.h>

extern const unsigned char example_config[];
extern const size_t example_config_len;

#endif
