/* A coarser and much quicker pricing than price.c: walks in which no order comes back right after its neighbour
   (2-cycle elimination: Christofides, Mingozzi, Toth 1981), by dynamic programming over steps of two resources.

   What is used up is rounded down to steps, so walks may do a little more than routes, never less: the cheapest walk
   is never dearer than the cheapest real route. One resource, the leading one, grows by at least a step on every leg,
   so one pass over its steps in ascending order is exact. Each state keeps its best walk and the best one that came
   from another order. The caller owns all memory. */

#include <stdint.h>

#if defined(_WIN32)
#define EXPORT __declspec(dllexport)
#else
#define EXPORT __attribute__((visibility("default")))
#endif

#define ABI 1
#define NONE (-1)
#define FAR_COST ((int64_t)1 << 60)

typedef struct {
    int32_t abi, orders, by_amount; /* by_amount: the amount leads, else the time */
    int32_t time_steps, time_width, amount_steps, amount_width;
    int32_t latest_end, most_amount;
    const int64_t *start_cost, *end_cost;                              /* [orders] */
    const int32_t *start_time, *start_amount, *end_time, *end_amount; /* [orders] */
    const int32_t *open, *close;                                       /* [orders] */
    const int32_t *first, *to;                                         /* [orders + 1], [arcs] */
    const int64_t *cost;                                               /* [arcs] */
    const int32_t *time, *amount;                                      /* [arcs] */
    const int32_t *own;   /* [orders] what a walk that ends there has used up of the resource at least */
    int64_t *value;       /* [states][2] */
    int32_t *last, *back; /* [states][2] the order before, and the entry of that state */
} Walks;

/* State of service at ``order``; NONE when that is too late or too much. */
static int64_t state_of(const Walks *w, int32_t order, int32_t time, int32_t amount)
{
    if (time < w->open[order]) time = w->open[order];
    if (time > w->close[order] || time + w->end_time[order] > w->latest_end) return NONE;
    if (amount + w->end_amount[order] > w->most_amount) return NONE;
    int32_t t = time / w->time_width, a = amount / w->amount_width;
    if (t >= w->time_steps) t = w->time_steps - 1;
    if (a >= w->amount_steps) a = w->amount_steps - 1;
    const int64_t lead = w->by_amount ? a : t, rest = w->by_amount ? t : a;
    return (lead * (w->by_amount ? w->time_steps : w->amount_steps) + rest) * w->orders + order;
}

static void offer(const Walks *w, int64_t state, int64_t value, int32_t last, int32_t back)
{
    int64_t *v = w->value + 2 * state;
    int32_t *l = w->last + 2 * state, *b = w->back + 2 * state;
    if (value < v[0]) {
        if (last != l[0]) {
            v[1] = v[0];
            l[1] = l[0];
            b[1] = b[0];
        }
        v[0] = value;
        l[0] = last;
        b[0] = back;
    } else if (value < v[1] && last != l[0]) {
        v[1] = value;
        l[1] = last;
        b[1] = back;
    }
}

static void extend(const Walks *w, const int64_t *dual, int64_t state, int32_t time, int32_t amount)
{
    const int32_t here = (int32_t)(state % w->orders);
    const int64_t *value = w->value + 2 * state;
    const int32_t *last = w->last + 2 * state;
    for (int32_t arc = w->first[here]; arc < w->first[here + 1]; arc++) {
        const int32_t order = w->to[arc], entry = last[0] == order;
        if (value[entry] >= FAR_COST) continue;
        const int64_t next = state_of(w, order, time + w->time[arc], amount + w->amount[arc]);
        if (next != NONE)
            offer(w, next, value[entry] + w->cost[arc] - dual[order], here, (int32_t)(2 * state + entry));
    }
}

EXPORT int64_t lm_walks_abi(void) { return ABI * 1000000 + (int64_t)sizeof(Walks); }

/* Fills ``ends`` and ``costs`` [orders] with the entry and reduced cost of the best walk to end at each order, and
   ``thrift`` [2] with the cost and amount of the walk that is cheapest for what it uses up, (0, 1) without any of
   negative cost. Walks are read backwards: an entry is 2 * state + which, its order state % orders. */
EXPORT void lm_walks(const Walks *w, const int64_t *dual, int32_t *ends, int64_t *costs, int64_t *thrift)
{
    const int32_t leads = w->by_amount ? w->amount_steps : w->time_steps;
    const int32_t rests = w->by_amount ? w->time_steps : w->amount_steps;
    const int64_t states = (int64_t)leads * rests * w->orders;
    for (int64_t entry = 0; entry < 2 * states; entry++) {
        w->value[entry] = FAR_COST;
        w->last[entry] = w->back[entry] = NONE;
    }
    thrift[0] = 0;
    thrift[1] = 1;
    for (int32_t order = 0; order < w->orders; order++) {
        costs[order] = FAR_COST;
        ends[order] = NONE;
        if (w->start_cost[order] >= FAR_COST) continue;
        const int64_t state = state_of(w, order, w->start_time[order], w->start_amount[order]);
        if (state != NONE) offer(w, state, w->start_cost[order] - dual[order], NONE, NONE);
    }
    int64_t state = 0;
    for (int32_t lead = 0; lead < leads; lead++)
        for (int32_t rest = 0; rest < rests; rest++) {
            const int32_t time = (w->by_amount ? rest : lead) * w->time_width;
            const int32_t used = (w->by_amount ? lead : rest) * w->amount_width;
            for (int32_t order = 0; order < w->orders; order++, state++) {
                if (w->value[2 * state] >= FAR_COST) continue;
                const int64_t cost = w->value[2 * state] + w->end_cost[order];
                const int64_t amount = (used > w->own[order] ? used : w->own[order]) + (int64_t)w->end_amount[order];
                if (cost < costs[order]) {
                    costs[order] = cost;
                    ends[order] = (int32_t)(2 * state);
                }
                if (cost < 0 && (__int128)cost * thrift[1] < (__int128)thrift[0] * amount) {
                    thrift[0] = cost;
                    thrift[1] = amount;
                }
                extend(w, dual, state, time, used);
            }
        }
}
