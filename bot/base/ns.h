/* ns.h - the one reverse-domain name of what Hearth adds to Matrix. */
#ifndef HEARTH_BASE_NS_H
#define HEARTH_BASE_NS_H

#define HEARTH_NS "org.hearthbot"

#define NS_TXN HEARTH_NS ".txn"           /* content key: our transaction id */
#define NS_INSTANCE HEARTH_NS ".instance" /* content key: which database sent it */
#define NS_NONCE HEARTH_NS ".nonce"       /* creation_content key of rooms we made */
#define NS_CHECKIN HEARTH_NS ".checkin"   /* content key of a prompt */
#define NS_STREAM HEARTH_NS ".stream"     /* unstable feature flag and subprotocol */

#endif
