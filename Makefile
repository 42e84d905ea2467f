# Hearth: `make help` lists what there is.
#
# One library of everything, two programs on top: build/hearth, and
# build/hearth-test, the same objects with a clock that tests can set.
# V=1 shows whole commands. SAN=1 builds everything again under build/san with ASan and UBSan.

VERSION := 0.1.0
PREFIX ?= /usr/local
DESTDIR ?=
CC ?= cc
SAN ?=
Q := $(if $(V),,@)

OUT := build$(if $(SAN),/san)
PACKAGES := libuv libwebsockets libcurl libcjson sqlite3 glib-2.0 libcmark cairo libsodium

WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wvla -Wstrict-prototypes \
            -Wmissing-prototypes -Werror
HARDENING := -fPIE -fstack-protector-strong -fstack-clash-protection
ifeq ($(SAN),)
OPT := -O2 -g
SANITIZERS :=
HARDENING += -D_FORTIFY_SOURCE=2
else
SANITIZERS := -fsanitize=address,undefined
OPT := -O1 -g $(SANITIZERS) -fno-sanitize-recover=all -fno-omit-frame-pointer
endif

# Headers of libraries are not ours to warn about: -isystem.
lib_cflags = $(patsubst -I%,-isystem %,$(shell pkg-config --cflags $(PACKAGES) 2>/dev/null))
lib_ldlibs = $(shell pkg-config --libs $(PACKAGES) 2>/dev/null)
CFLAGS_ALL = -std=c11 -D_GNU_SOURCE -DHEARTH_VERSION='"$(VERSION)"' -I. $(OPT) $(WARNINGS) \
             $(HARDENING) $(lib_cflags) $(CFLAGS)
LDFLAGS_ALL = -pie -Wl,-z,relro,-z,now $(SANITIZERS) $(LDFLAGS)

SOURCES := $(filter-out bot/main.c,$(wildcard bot/*.c bot/base/*.c bot/model/*.c \
           bot/matrix/*.c bot/gateway/*.c bot/demo/*.c store/*.c commands/*.c))
OBJECTS := $(SOURCES:%.c=$(OUT)/%.o)
GENERATED := $(OUT)/generated/example_config.c
OBJECTS += $(GENERATED:.c=.o)
CROWD := $(OUT)/tests/crowd.o $(OUT)/tests/world_config.o
WORLD := $(OUT)/tests/world.o $(OUT)/tests/world_stream.o $(CROWD)
CONVERSATION := $(patsubst %.c,$(OUT)/%.o,$(wildcard tests/conversation*.c))
UNIT := $(patsubst tests/unit/%.c,$(OUT)/tests/unit/%,$(wildcard tests/unit/*.c))
BENCH := $(patsubst tests/bench/%.c,$(OUT)/tests/bench/%,$(wildcard tests/bench/*.c))
FUZZ := $(patsubst tests/fuzz/%.c,$(OUT)/tests/fuzz/%,$(wildcard tests/fuzz/*.c))

.DEFAULT_GOAL := all
.PHONY: all help demo test lint interop crash install clean setup fuzz-corpus bench-faq bench-members
.DELETE_ON_ERROR:
.SECONDARY:

all: setup ## build build/hearth
	@$(MAKE) --no-print-directory $(OUT)/hearth

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20

setup: ## install what is missing (apt), or say what to install
	@sh bot/dist/setup.sh build

demo: setup ## a homeserver, a group and the bot on this machine, to try it
	@$(MAKE) --no-print-directory $(OUT)/hearth
	@$(OUT)/hearth demo

test: setup ## unit tests, conversations, fuzz corpus, bad input, crashes
	@sh bot/dist/setup.sh test
	@$(MAKE) --no-print-directory programs
	@OUT=$(OUT) sh tests/run.sh

lint: setup ## includes, sizes, formatting, forbidden calls
	@sh bot/dist/setup.sh lint
	@sh tests/lint/run.sh

interop: setup ## against Synapse and matrix-nio from PyPI
	@sh bot/dist/setup.sh interop
	@$(MAKE) --no-print-directory programs
	@OUT=$(OUT) sh tests/interop/run.sh

FAQ_QUESTIONS ?= tests/faq/inomyalgia-a.tsv tests/faq/inomyalgia-b.tsv
bench-faq: setup ## how well and how fast questions are answered (FAQ_QUESTIONS=FILES)
	@$(MAKE) --no-print-directory $(OUT)/tests/bench/faq_bench
	@$(OUT)/tests/bench/faq_bench $(FAQ_QUESTIONS)

COUNTS ?= 1000 100000 1000000
bench-members: setup ## what very many members cost (COUNTS="1000 100000 1000000")
	@$(MAKE) --no-print-directory $(OUT)/tests/bench/members
	@$(OUT)/tests/bench/members $(COUNTS)

install: $(OUT)/hearth ## into PREFIX (default /usr/local), under DESTDIR
	install -D -m 755 $(OUT)/hearth $(DESTDIR)$(PREFIX)/bin/hearth
	install -D -m 644 config.example.ini $(DESTDIR)$(PREFIX)/share/doc/hearth/config.example.ini
	install -D -m 644 bot/dist/texts.de.ini $(DESTDIR)$(PREFIX)/share/doc/hearth/texts.de.ini
	install -D -m 644 README.md $(DESTDIR)$(PREFIX)/share/doc/hearth/README.md

clean: ## remove build/
	rm -rf build

.PHONY: programs
programs: $(OUT)/hearth $(OUT)/hearth-test $(OUT)/tests/conversation $(OUT)/tests/hs-server \
          $(UNIT) $(FUZZ) $(BENCH)

$(OUT)/hearth: $(OUT)/bot/main.o $(OUT)/libhearth.a
	@echo "  ld $@"
	$(Q)$(CC) $(LDFLAGS_ALL) -o $@ $^ $(lib_ldlibs) -lm

$(OUT)/hearth-test: $(OUT)/tests/hearth_test.o $(OUT)/tests/file_clock.o $(OUT)/libhearth.a
	@echo "  ld $@"
	$(Q)$(CC) $(LDFLAGS_ALL) -o $@ $^ $(lib_ldlibs) -lm

$(OUT)/tests/hs-server: $(OUT)/tests/hs_server.o $(OUT)/tests/file_clock.o $(OUT)/libhearth.a
	@echo "  ld $@"
	$(Q)$(CC) $(LDFLAGS_ALL) -o $@ $^ $(lib_ldlibs) -lm

$(OUT)/tests/bench/%: $(OUT)/tests/bench/%.o $(CROWD) $(OUT)/libhearth.a
	@echo "  ld $@"
	$(Q)$(CC) $(LDFLAGS_ALL) -o $@ $^ $(lib_ldlibs) -lm

$(OUT)/tests/conversation: $(CONVERSATION) $(WORLD) $(OUT)/libhearth.a
	@echo "  ld $@"
	$(Q)$(CC) $(LDFLAGS_ALL) -o $@ $^ $(lib_ldlibs) -lm

$(OUT)/tests/unit/%: $(OUT)/tests/unit/%.o $(WORLD) $(OUT)/libhearth.a
	@echo "  ld $@"
	$(Q)$(CC) $(LDFLAGS_ALL) -o $@ $^ $(lib_ldlibs) -lcmocka -lm

$(OUT)/tests/fuzz/%: $(OUT)/tests/fuzz/%.o $(OUT)/tests/fuzz_replay.o $(OUT)/libhearth.a
	@echo "  ld $@"
	$(Q)$(CC) $(LDFLAGS_ALL) -o $@ $^ $(lib_ldlibs) -lm

$(OUT)/libhearth.a: $(OBJECTS)
	@rm -f $@
	@ar rcs $@ $(OBJECTS)

$(OUT)/%.o: %.c
	@mkdir -p $(@D)
	@echo "  cc $<"
	$(Q)$(CC) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<

$(OUT)/generated/%.o: $(OUT)/generated/%.c
	@echo "  cc $<"
	$(Q)$(CC) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<

# The example config is the demo's and the tester's default: one binary.
$(OUT)/generated/example_config.c: config.example.ini
	@mkdir -p $(@D)
	@{ echo '#include "bot/example_config.h"'; echo 'const unsigned char example_config[] = {'; \
	   od -An -v -tx1 $< | sed 's/ *\([0-9a-f][0-9a-f]\)/0x\1,/g'; \
	   echo '0};'; echo 'const size_t example_config_len = sizeof example_config - 1;'; } > $@

-include $(OBJECTS:.o=.d) $(wildcard $(OUT)/tests/*.d $(OUT)/tests/*/*.d $(OUT)/bot/main.d)
