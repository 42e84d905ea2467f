/* cmd_login.c - `hearth login`: a password or a token becomes key_dir/session.
 *
 * A password is used for one request and forgotten. The device of an earlier
 * login of the same account is used again (rule E2). A token is asked who it
 * belongs to before it is kept.
 */
#include "bot/cmd.h"

#include "bot/base/file.h"
#include "bot/base/json_write.h"
#include "bot/base/mem.h"
#include "bot/config_path.h"
#include "bot/console.h"
#include "bot/matrix/parse.h"
#include "bot/matrix/path.h"
#include "bot/matrix/rest_curl.h"
#include "bot/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SECRET_MAX 4096
#define TIMEOUT_MS (60 * 1000)

struct options {
    const char *config, *password_file, *token_file;
    bool asks_token;
};

static bool read_options(int argc, char **argv, struct options *options)
{
    for (int i = 1; i < argc; i++) {
        const char **value = strcmp(argv[i], "-c") == 0 ? &options->config
                             : strcmp(argv[i], "--password-file") == 0
                                 ? &options->password_file
                             : strcmp(argv[i], "--token-file") == 0 ? &options->token_file
                                                                    : NULL;
        if (value != NULL && i + 1 < argc)
            *value = argv[++i];
        else if (value == NULL && strcmp(argv[i], "--token") == 0)
            options->asks_token = true;
        else
            return false;
    }
    int ways = (options->password_file != NULL) + (options->token_file != NULL) +
               options->asks_token;
    return options->config != NULL && ways <= 1;
}

static void wipe(char *secret)
{
    if (secret != NULL)
        explicit_bzero(secret, strlen(secret));
    free(secret);
}

/* What a server said, safe for a terminal. */
static void print_clean(const char *text)
{
    for (; text && *text; text++)
        fputc((unsigned char)*text < ' ' || *text == 0x7f ? '?' : *text, stderr);
}

/* Password or token, from its file or the terminal; NULL: said why. */
static char *get_secret(const struct options *options, bool is_token, const char *user)
{
    const char *file = is_token ? options->token_file : options->password_file;
    char *secret = NULL;
    struct buf text;
    buf_init(&text, SECRET_MAX);
    if (file != NULL) {
        enum status status = config_path_read(file, &text);
        if (status)
            fprintf(stderr, "hearth login: %s cannot be read: %s\n", file,
                    status_text(status));
        else if (text.len > 0)
            secret = mem_dup_len(text.data, strcspn(text.data, "\r\n"));
        buf_wipe(&text);
        if (secret == NULL && status == ST_OK)
            fprintf(stderr, "hearth login: %s is empty\n", file);
        return secret;
    }
    buf_addf(&text, "%s of %s: ", is_token ? "Access token" : "Password", user);
    enum status status = console_ask(text.data, true, &secret);
    if (status == ST_NOT_FOUND)
        fprintf(stderr,
                "hearth login: there is no terminal to ask on: use --password-file or "
                "--token-file\n");
    else if (status)
        fprintf(stderr, "hearth login: nothing was entered, nothing was changed\n");
    buf_clear(&text);
    return secret;
}

/* The device of an earlier login of this account, or NULL. */
static char *known_device(const struct settings *settings)
{
    struct session session;
    char *device = NULL;
    if (session_read(settings->hearth.key_dir, &session))
        return NULL;
    if (text_equal(session.user_id, settings->matrix.user) &&
        session.device_id[0] != '\0')
        device = mem_dup(session.device_id);
    session_clear(&session);
    return device;
}

static void write_login_body(const struct settings *settings, const char *password,
                             const char *device, struct buf *out)
{
    struct json_writer json;
    json_begin(&json, out);
    json_object(&json, NULL);
    json_text(&json, "type", "m.login.password");
    json_object(&json, "identifier");
    json_text(&json, "type", "m.id.user");
    json_text(&json, "user", settings->matrix.user);
    json_object_end(&json);
    json_text(&json, "password", password);
    if (device != NULL)
        json_text(&json, "device_id", device);
    json_text(&json, "initial_device_display_name", settings->matrix.device_name);
    json_object_end(&json);
}

static int explain_refusal(const struct settings *settings,
                           const struct rest_answer *answer)
{
    struct matrix_error error = {.retry_after_ms = -1};
    int code = answer->http_status == 401 || answer->http_status == 403 ? EXIT_ACCOUNT
                                                                        : EXIT_FAILED;
    if (answer->http_status == 0) {
        fprintf(stderr, "hearth login: no answer from %s: ", settings->matrix.homeserver);
        print_clean(answer->error);
    } else if (parse_error(answer->body, answer->body_len, &error)) {
        fprintf(
            stderr,
            "hearth login: %s answered %d, but not as a Matrix homeserver does: is the "
            "address right?",
            settings->matrix.homeserver, answer->http_status);
    } else {
        fprintf(stderr, "hearth login: the homeserver refused (");
        print_clean(error.errcode);
        fprintf(stderr, "): ");
        print_clean(error.message);
        if (answer->http_status == 429)
            fprintf(stderr, "; wait a few minutes and try again");
    }
    fputc('\n', stderr);
    matrix_error_clear(&error);
    return code;
}

/* Send the request and read the account in the answer. */
static int request_account(const struct settings *settings, const char *token,
                           const struct rest_request *request,
                           struct account *ret_account)
{
    struct rest_curl_config config = {.base_url = settings->matrix.homeserver,
                                      .ca_file = settings->matrix.ca_file,
                                      .skip_verify = !settings->matrix.tls_verify};
    struct rest_answer answer;
    struct buf body;
    enum status status = rest_curl_once(&config, token, request, &body, &answer);
    if (status) {
        fprintf(stderr, "hearth login: the request could not be made: %s\n",
                status_text(status));
        return EXIT_FAILED;
    }
    int code = EXIT_FINE;
    if (answer.http_status != 200)
        code = explain_refusal(settings, &answer);
    else if (parse_account(answer.body, answer.body_len, ret_account)) {
        fprintf(stderr, "hearth login: the homeserver's answer names no account\n");
        code = EXIT_FAILED;
    }
    buf_wipe(&body);
    return code;
}

static int log_in(const struct settings *settings, const char *password,
                  struct account *ret_account)
{
    char *path = path_login(), *device = known_device(settings);
    struct buf body;
    buf_init(&body, 4 * SECRET_MAX);
    write_login_body(settings, password, device, &body);
    struct rest_request request = {.method = "POST",
                                   .path = path,
                                   .body = body.data,
                                   .body_len = body.len,
                                   .timeout_ms = TIMEOUT_MS};
    int code = request_account(settings, NULL, &request, ret_account);
    if (code == EXIT_FINE && ret_account->access_token == NULL) {
        fprintf(stderr, "hearth login: the homeserver's answer holds no token\n");
        account_clear(ret_account);
        code = EXIT_FAILED;
    }
    buf_wipe(&body);
    free(device);
    free(path);
    return code;
}

static int check_token(const struct settings *settings, const char *token,
                       struct account *ret_account)
{
    char *path = path_whoami();
    struct rest_request request = {
        .method = "GET", .path = path, .timeout_ms = TIMEOUT_MS};
    int code = request_account(settings, token, &request, ret_account);
    if (code == EXIT_FINE) {
        wipe(ret_account->access_token);
        ret_account->access_token = mem_dup(token);
    }
    free(path);
    return code;
}

static int keep(const struct settings *settings, const struct account *account)
{
    if (!text_equal(account->user_id, settings->matrix.user)) {
        fprintf(
            stderr,
            "hearth login: that is the account %s, but the config says %s: nothing was "
            "changed\n",
            account->user_id, settings->matrix.user);
        return EXIT_ACCOUNT;
    }
    struct session session = {.user_id = account->user_id,
                              .device_id = account->device_id ? account->device_id
                                                              : (char *)(uintptr_t) "",
                              .access_token = account->access_token};
    enum status status = session_write(settings->hearth.key_dir, &session);
    if (status) {
        fprintf(stderr, "hearth login: %s/%s cannot be written: %s\n",
                settings->hearth.key_dir, SESSION_FILE, status_text(status));
        return EXIT_FAILED;
    }
    printf("%s is logged in (device %s); its token is kept in %s/%s\n", account->user_id,
           session.device_id[0] ? session.device_id : "unknown", settings->hearth.key_dir,
           SESSION_FILE);
    return EXIT_FINE;
}

/* What must be there before a secret is asked for. */
static int prepare(const struct settings *settings)
{
    if (settings->matrix.homeserver[0] == '\0' || settings->matrix.user[0] == '\0') {
        fprintf(stderr,
                "hearth login: [matrix] homeserver and user must be filled in first\n");
        return EXIT_USAGE;
    }
    enum status status = file_private_dir(settings->hearth.key_dir);
    if (status) {
        fprintf(
            stderr,
            "hearth login: key_dir %s cannot be used (%s): it must be a folder of your "
            "own, closed to others (chmod 700)\n",
            settings->hearth.key_dir, status_text(status));
        return EXIT_FAILED;
    }
    return EXIT_FINE;
}

static int run(const struct seams *seams, int argc, char **argv)
{
    struct options options = {0};
    struct settings *settings = NULL;
    struct account account = {0};
    char *secret = NULL;
    if (!read_options(argc, argv, &options))
        return cmd_usage(&subcommand_login);
    int code = cmd_load_config(seams, options.config, CONFIG_COMMUNITY, &settings);
    if (code == EXIT_FINE)
        code = prepare(settings);
    if (code != EXIT_FINE)
        goto out;
    bool is_token = options.token_file != NULL || options.asks_token;
    secret = get_secret(&options, is_token, settings->matrix.user);
    code = secret == NULL ? EXIT_USAGE
           : is_token     ? check_token(settings, secret, &account)
                          : log_in(settings, secret, &account);
    if (code == EXIT_FINE)
        code = keep(settings, &account);
out:
    wipe(secret);
    account_clear(&account);
    config_free(settings);
    return code;
}

const struct subcommand subcommand_login = {
    .name = "login",
    .usage = "login -c FILE [--token | --password-file FILE | --token-file FILE]",
    .summary = "log in once, with a password or a token",
    .help =
        "Asks for the password of the account on the terminal, logs in, and keeps the\n"
        "token and the device in key_dir/session. --token asks for an access token\n"
        "instead and checks whose it is. --password-file and --token-file read the "
        "first\n"
        "line of a file. The password is kept nowhere.\n",
    .run = run,
};
