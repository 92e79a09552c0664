/* Routes that were seen in good plans, each set of orders once with its cheapest sequence: from them a set
 * partitioning can compose a plan that the search never stood at (Rochat and Taillard 1995). */
#include "kernel.h"

#define LONGEST_PROBE 16

/* A route that was seen; 0 stops: an empty entry. */
typedef struct {
    uint64_t key;
    int64_t units, at;
    int32_t stops, vehicle;
} lm_seen;

/* A table of `limit` entries (a power of two), then room for the orders of all of them. */
struct lm_pool {
    int64_t limit, room, used, count;
};

static lm_seen *entries(lm_pool *pool) { return (lm_seen *)(pool + 1); }
static int32_t *orders_of(lm_pool *pool) { return (int32_t *)(entries(pool) + pool->limit); }

/* Where a route is kept: its own entry, an empty one, or 0 where the table has no room for it. */
static lm_seen *entry_of(lm_pool *pool, uint64_t key)
{
    int64_t i, at = (int64_t)(key & (uint64_t)(pool->limit - 1));
    for (i = 0; i < LONGEST_PROBE; i++, at = (at + 1) & (pool->limit - 1))
        if (!entries(pool)[at].stops || entries(pool)[at].key == key)
            return &entries(pool)[at];
    return 0;
}

/* Keep one route, unless it is known at no higher price or there is no room. */
static void keep_route(const lm_state *s, int32_t vehicle)
{
    const lm_problem *p = s->p;
    const lm_route *route = &s->route[vehicle];
    uint64_t key = route->key ^ lm_mix((uint64_t)p->orders + (uint64_t)p->vehicle_class[vehicle]);
    lm_pool *pool = s->pool_of_routes;
    lm_seen *seen = entry_of(pool, key);
    int64_t at;
    int32_t x;
    if (!seen || (seen->stops && seen->units <= route->units))
        return;
    if (!seen->stops) {
        if (pool->used + route->stops > pool->room)
            return;
        seen->key = key;
        seen->at = pool->used;
        seen->stops = route->stops;
        seen->vehicle = vehicle;
        pool->used += route->stops;
        pool->count++;
    }
    seen->units = route->units;
    at = seen->at;
    for (x = s->link[p->orders + vehicle].next; x < p->orders; x = s->link[x].next)
        orders_of(pool)[at++] = x;
}

/* Keep the routes that an accepted step has changed. */
void lm_keep_routes(const lm_state *s)
{
    int64_t i;
    for (i = 0; i < s->touched_size; i++)
        if (s->route[s->touched[i]].stops && s->p->vehicle_class[s->touched[i]] >= 0)
            keep_route(s, s->touched[i]);
}

/* Bytes for a pool of so many entries, and of so many orders on all routes together. */
int64_t lm_pool_size(int64_t limit, int64_t room)
{
    return (int64_t)sizeof(lm_pool) + limit * (int64_t)sizeof(lm_seen) + room * (int64_t)sizeof(int32_t);
}

/* From now on keep the routes of accepted plans of at most `units` in `pool` (all zero at first, of lm_pool_size
 * bytes); -1: keep none. */
void lm_watch(void *arena, void *pool, int64_t limit, int64_t room, int64_t units)
{
    lm_state *s = (lm_state *)arena;
    s->pool_of_routes = (lm_pool *)pool;
    s->pool_of_routes->limit = limit;
    s->pool_of_routes->room = room;
    s->watch = units;
}

/* How many routes are kept, and how many orders they have together. */
int64_t lm_kept(const void *pool, int32_t orders)
{
    const lm_pool *kept = (const lm_pool *)pool;
    return orders ? kept->used : kept->count;
}

/* Read what was kept: units, vehicle and stops of each route, and all orders one after the other. */
void lm_seen_routes(const void *memory, int64_t *units, int32_t *vehicle, int32_t *stops, int32_t *orders)
{
    lm_pool *pool = (lm_pool *)memory;
    int64_t i, k, count = 0;
    for (i = 0; i < pool->limit; i++) {
        const lm_seen *seen = &entries(pool)[i];
        if (!seen->stops)
            continue;
        units[count] = seen->units;
        vehicle[count] = seen->vehicle;
        stops[count++] = seen->stops;
        for (k = 0; k < seen->stops; k++)
            *orders++ = orders_of(pool)[seen->at + k];
    }
}
