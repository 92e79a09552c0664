/* The cheapest route at given prices for visiting each order: labels from the start on, with ng-route memory.

   A label is a partial route: reduced cost, time, amount of one further resource, and which orders it may not
   visit again. An order is forgotten on leaving its neighbourhood (ng-routes: Baldacci, Mingozzi, Roberti 2011),
   so a route may come back to it: the result is never dearer than the cheapest real route. Labels are handled
   in ascending buckets of time or resource; one that another of the same order is better than in every respect
   is dropped (Desrochers, Desrosiers, Solomon 1992). All numbers are whole, so nothing is lost by rounding.

   The caller owns all memory. Nothing here is shared with the search kernel. */

#include <stdint.h>
#include <string.h>
#include <time.h>

#if defined(_WIN32)
#define EXPORT __declspec(dllexport)
#else
#define EXPORT __attribute__((visibility("default")))
#endif

#define ABI 1
#define NONE (-1)
#define FAR_COST ((int64_t)1 << 60)

typedef struct {
    int32_t abi, orders, words, buckets, most_labels, by_amount; /* by_amount: buckets of amount, not time */
    int32_t latest_end, most_amount, bucket_width, time_step;    /* times are rounded down to time_step */
    int32_t time_buckets, time_width;     /* of ahead_time: no leg takes less than the width; 0 buckets: unknown */
    int32_t amount_buckets, amount_width; /* the same of ahead_amount */
    const int64_t *start_cost;   /* [orders], FAR_COST: not from here */
    const int32_t *start_time;   /* [orders] earliest arrival */
    const int32_t *start_amount; /* [orders] */
    const int64_t *end_cost;     /* [orders] */
    const int32_t *end_time;     /* [orders] service and way to the end */
    const int32_t *end_amount;   /* [orders] */
    const int32_t *open;         /* [orders] first start of service */
    const int32_t *close;        /* [orders] last start of service */
    const int32_t *first;        /* [orders + 1] arcs of each order */
    const int32_t *to;           /* [arcs] */
    const int64_t *cost;         /* [arcs] */
    const int32_t *time;         /* [arcs] service here, way and set-up there */
    const int32_t *amount;       /* [arcs] */
    const uint64_t *near;        /* [orders][words] neighbourhood of each order, itself included */
    int64_t *label_cost;         /* [most_labels] */
    int32_t *label_time, *label_amount, *label_order, *label_before, *label_next, *label_queue;
    uint8_t *label_dead;
    uint64_t *label_seen; /* [most_labels][words] */
    int32_t *list;        /* [orders][buckets] labels of an order, newest first */
    int64_t *least;       /* [orders][buckets] lower bound of their costs */
    int32_t *queue;       /* [2][buckets] first and last waiting label */
    int64_t *ahead_time;  /* [orders][time_buckets] what finishing from there costs at least */
    int64_t *ahead_amount; /* [orders][amount_buckets] */
} Price;

typedef struct {
    const Price *p;
    const int64_t *dual;
    int32_t count, loose; /* loose: compare labels by cost and bucket resource only: quick, proves nothing */
} Run;

static int32_t bucket_of(const Price *p, int32_t time, int32_t amount)
{
    int32_t bucket = (p->by_amount ? amount : time) / p->bucket_width;
    if (bucket < 0) return 0;
    return bucket < p->buckets ? bucket : p->buckets - 1;
}

static int subset(const uint64_t *small, const uint64_t *large, int32_t words)
{
    for (int32_t w = 0; w < words; w++)
        if (small[w] & ~large[w]) return 0;
    return 1;
}

static int64_t at(int32_t order, int32_t used, int32_t width, int32_t buckets)
{
    const int32_t bucket = used / width;
    return (int64_t)order * buckets + (bucket < buckets ? bucket : buckets - 1);
}

/* Fills ``ahead_time``: the least reduced cost of finishing a route from each order on when its service starts no
   earlier than the bucket, any order as often as one likes. From the last bucket backwards: a leg always leads to
   a later one. */
static void look_ahead_in_time(const Price *p, const int64_t *dual)
{
    for (int32_t b = p->time_buckets - 1; b >= 0; b--)
        for (int32_t here = 0; here < p->orders; here++) {
            int64_t best = p->end_cost[here];
            for (int32_t arc = p->first[here]; arc < p->first[here + 1]; arc++) {
                const int32_t order = p->to[arc];
                int32_t time = b * p->time_width + p->time[arc];
                if (time < p->open[order]) time = p->open[order];
                if (time > p->close[order] || time + p->end_time[order] > p->latest_end) continue;
                const int64_t cost = p->cost[arc] - dual[order] +
                                     p->ahead_time[at(order, time, p->time_width, p->time_buckets)];
                if (cost < best) best = cost;
            }
            p->ahead_time[(int64_t)here * p->time_buckets + b] = best;
        }
}

/* The same for ``ahead_amount``, when so much of the resource is used up. */
static void look_ahead_in_amount(const Price *p, const int64_t *dual)
{
    for (int32_t b = p->amount_buckets - 1; b >= 0; b--)
        for (int32_t here = 0; here < p->orders; here++) {
            int64_t best = p->end_cost[here];
            for (int32_t arc = p->first[here]; arc < p->first[here + 1]; arc++) {
                const int32_t order = p->to[arc], amount = b * p->amount_width + p->amount[arc];
                if (amount + p->end_amount[order] > p->most_amount) continue;
                const int64_t cost = p->cost[arc] - dual[order] +
                                     p->ahead_amount[at(order, amount, p->amount_width, p->amount_buckets)];
                if (cost < best) best = cost;
            }
            p->ahead_amount[(int64_t)here * p->amount_buckets + b] = best;
        }
}

/* 1 when no way to finish the label makes its reduced cost negative. */
static int hopeless(const Price *p, int32_t l)
{
    const int64_t cost = p->label_cost[l];
    const int32_t order = p->label_order[l];
    if (p->time_buckets && cost + p->ahead_time[at(order, p->label_time[l], p->time_width, p->time_buckets)] >= 0)
        return 1;
    return p->amount_buckets &&
           cost + p->ahead_amount[at(order, p->label_amount[l], p->amount_width, p->amount_buckets)] >= 0;
}

/* 1 when label a is at least as good as label b of the same order, which costs no less. */
static int covers(const Run *r, int32_t a, int32_t b)
{
    const Price *p = r->p;
    if (r->loose) return p->by_amount ? p->label_amount[a] <= p->label_amount[b] : p->label_time[a] <= p->label_time[b];
    return p->label_time[a] <= p->label_time[b] && p->label_amount[a] <= p->label_amount[b] &&
           subset(p->label_seen + (int64_t)a * p->words, p->label_seen + (int64_t)b * p->words, p->words);
}

/* 1 when a label known already is at least as good as the last one in every respect. */
static int dominated(const Run *r, int32_t fresh, int32_t bucket)
{
    const Price *p = r->p;
    const int64_t cost = p->label_cost[fresh], row = (int64_t)p->label_order[fresh] * p->buckets;
    for (int32_t b = 0; b <= bucket; b++) {
        if (p->least[row + b] > cost) continue;
        for (int32_t l = p->list[row + b]; l != NONE; l = p->label_next[l])
            if (p->label_cost[l] <= cost && covers(r, l, fresh)) return 1;
    }
    return 0;
}

/* Unlinks the labels that the last one is at least as good as. */
static void drop_dominated(const Run *r, int32_t fresh, int32_t bucket)
{
    const Price *p = r->p;
    const int64_t cost = p->label_cost[fresh], row = (int64_t)p->label_order[fresh] * p->buckets;
    for (int32_t b = bucket; b < p->buckets; b++) {
        int32_t *link = p->list + row + b;
        while (*link != NONE) {
            const int32_t l = *link;
            if (p->label_cost[l] >= cost && covers(r, fresh, l)) {
                p->label_dead[l] = 1;
                *link = p->label_next[l];
            } else {
                link = p->label_next + l;
            }
        }
    }
}

/* Keeps the label written at ``count``, unless another is better or no way to finish makes it negative. */
static void keep(Run *r)
{
    const Price *p = r->p;
    const int32_t l = r->count, order = p->label_order[l];
    const int32_t bucket = bucket_of(p, p->label_time[l], p->label_amount[l]);
    if (hopeless(p, l)) return;
    if (dominated(r, l, bucket)) return;
    drop_dominated(r, l, bucket);
    const int64_t at = (int64_t)order * p->buckets + bucket;
    p->label_next[l] = p->list[at];
    p->list[at] = l;
    if (p->label_cost[l] < p->least[at]) p->least[at] = p->label_cost[l];
    p->label_dead[l] = 0;
    p->label_queue[l] = NONE;
    int32_t *head = p->queue + bucket, *tail = p->queue + p->buckets + bucket;
    if (*head == NONE) *head = l;
    else p->label_queue[*tail] = l;
    *tail = l;
    r->count++;
}

/* Writes the label of arriving at ``order``; 0 when that is too late or too much. */
static int arrive(const Run *r, int32_t order, int32_t before, int64_t cost, int32_t time, int32_t amount)
{
    const Price *p = r->p;
    const int32_t l = r->count;
    if (time < p->open[order]) time = p->open[order];
    if (time > p->close[order] || time + p->end_time[order] > p->latest_end) return 0;
    if (amount + p->end_amount[order] > p->most_amount) return 0;
    p->label_cost[l] = cost - r->dual[order];
    p->label_time[l] = time - time % p->time_step;
    p->label_amount[l] = amount;
    p->label_order[l] = order;
    p->label_before[l] = before;
    uint64_t *seen = p->label_seen + (int64_t)l * p->words;
    if (before == NONE) {
        memset(seen, 0, sizeof(uint64_t) * (size_t)p->words);
    } else {
        const uint64_t *old = p->label_seen + (int64_t)before * p->words;
        const uint64_t *near = p->near + (int64_t)order * p->words;
        for (int32_t w = 0; w < p->words; w++) seen[w] = old[w] & near[w];
    }
    seen[order >> 6] |= (uint64_t)1 << (order & 63);
    return 1;
}

static void extend(Run *r, int32_t l)
{
    const Price *p = r->p;
    const int32_t here = p->label_order[l];
    const uint64_t *seen = p->label_seen + (int64_t)l * p->words;
    for (int32_t arc = p->first[here]; arc < p->first[here + 1]; arc++) {
        const int32_t order = p->to[arc];
        if (seen[order >> 6] >> (order & 63) & 1) continue;
        if (r->count >= p->most_labels) return;
        if (arrive(r, order, l, p->label_cost[l] + p->cost[arc], p->label_time[l] + p->time[arc],
                   p->label_amount[l] + p->amount[arc]))
            keep(r);
    }
}

/* The best whole route that ends at ``order``: its label, NONE for none. */
static int32_t best_end(const Price *p, int32_t order)
{
    int32_t best = NONE;
    for (int32_t b = 0; b < p->buckets; b++)
        for (int32_t l = p->list[(int64_t)order * p->buckets + b]; l != NONE; l = p->label_next[l])
            if (best == NONE || p->label_cost[l] < p->label_cost[best]) best = l;
    return best;
}

EXPORT int64_t lm_price_abi(void) { return ABI * 1000000 + (int64_t)sizeof(Price); }

/* The route that costs least for what it takes of the resource, among those of negative reduced cost: its
   cost and amount go to ``thrift``. Without any: (0, 1); with one that takes nothing: (its cost, 0). */
static void most_thrifty(const Price *p, int32_t count, int64_t *thrift)
{
    thrift[0] = 0;
    thrift[1] = 1;
    for (int32_t l = 0; l < count; l++) {
        const int32_t order = p->label_order[l];
        const int64_t amount = (int64_t)p->label_amount[l] + p->end_amount[order];
        if (p->label_dead[l]) continue;
        const int64_t cost = p->label_cost[l] + p->end_cost[order];
        if (cost < 0 && (__int128)cost * thrift[1] < (__int128)thrift[0] * amount) {
            thrift[0] = cost;
            thrift[1] = amount;
        }
    }
}

/* Fills ``ends`` and ``costs`` [orders] with the label and reduced cost of the best route to end at each order
   (NONE where none is negative), and ``thrift`` [2]. Returns the number of labels made, negative when there was no
   room for all: then nothing is proved. */
EXPORT int64_t lm_price(const Price *p, const int64_t *dual, int32_t loose, int32_t most_ms, int32_t *ends,
                        int64_t *costs, int64_t *thrift)
{
    const clock_t until = clock() + (clock_t)((double)most_ms / 1000.0 * CLOCKS_PER_SEC);
    Run run = {p, dual, 0, loose};
    int32_t late = 0, handled = 0;
    for (int64_t at = 0; at < (int64_t)p->orders * p->buckets; at++) {
        p->list[at] = NONE;
        p->least[at] = INT64_MAX;
    }
    for (int32_t b = 0; b < 2 * p->buckets; b++) p->queue[b] = NONE;
    look_ahead_in_time(p, dual);
    look_ahead_in_amount(p, dual);
    for (int32_t order = 0; order < p->orders; order++) {
        if (p->start_cost[order] >= FAR_COST || run.count >= p->most_labels) continue;
        if (arrive(&run, order, NONE, p->start_cost[order], p->start_time[order], p->start_amount[order]))
            keep(&run);
    }
    for (int32_t b = 0; b < p->buckets; b++)
        for (int32_t l = p->queue[b]; l != NONE && run.count < p->most_labels && !late; l = p->label_queue[l]) {
            if (!p->label_dead[l]) extend(&run, l);
            late = (++handled & 63) == 0 && clock() > until;
        }
    for (int32_t order = 0; order < p->orders; order++) {
        ends[order] = best_end(p, order);
        costs[order] = ends[order] == NONE ? FAR_COST : p->label_cost[ends[order]] + p->end_cost[order];
    }
    most_thrifty(p, run.count, thrift);
    return run.count < p->most_labels && !late ? run.count : -(int64_t)run.count;
}
