/* Ruin and recreate for one day of deliveries: slack induction by string removals (Christiaens and Vanden
 * Berghe 2020) with simulated annealing.
 *
 * No operating system, no allocation, no floating point beyond strictly ordered double arithmetic: the same
 * problem, seed and steps give the same plan everywhere. The caller owns all memory: the tables of lm_problem
 * and one arena of lm_size() bytes. Times are seconds, lengths metres, costs "units" (1/18000 cent).
 *
 * Nodes: orders are 0..n-1, the start of vehicle v is n+v, its end n+m+v. A route is a doubly linked list.
 */
#ifndef LASTMILE_KERNEL_H
#define LASTMILE_KERNEL_H

#include <stdint.h>

#define LM_ABI 1
#define LM_NEVER ((int64_t)1 << 60)
#define LM_NO_WAY 10000000
#define LM_MAX_RESTS 8

#if defined(_WIN32)
#define LM_EXPORT __declspec(dllexport)
#else
#define LM_EXPORT __attribute__((visibility("default")))
#endif

/* All tables are read only and belong to the caller. n orders, m vehicles, p places. */
typedef struct {
    int32_t abi, orders, vehicles, places, dims, windows, rests, near, near_insert, classes;
    int32_t timed;    /* 0: time plays no role at all */
    int32_t mixed;    /* deliveries and pickups both exist */
    int32_t several;  /* some order has more than one window */
    int32_t no_way;   /* some leg does not exist (LM_NO_WAY seconds or more) */
    int32_t picky;    /* some vehicle may not serve some order */
    int32_t tight;    /* window rules take part in the sorting */
    const int32_t *metres, *metres_in, *seconds, *seconds_in; /* (p, p); x_in[a][b] is the leg from b to a */
    const int32_t *order_place;                               /* (n) */
    const int64_t *demand;                                    /* (n, dims) */
    const uint8_t *pickup, *locked, *excluded;                /* (n); excluded orders are none of our business */
    const int64_t *service;                                   /* (n) */
    const int64_t *window_start, *window_end;                 /* (n, windows), ascending */
    const int32_t *window_count;                              /* (n) */
    const int64_t *penalty;                                   /* (n) units for leaving the order out */
    const int64_t *weight;                                    /* (n) how much its absence counts; 0: not at all */
    const uint8_t *allowed;                                   /* (n, m) */
    const int32_t *start_place, *end_place;                   /* (m) */
    const int64_t *capacity;                                  /* (m, dims) */
    const int64_t *earliest_start, *latest_start, *earliest_end, *latest_end; /* (m) */
    const int32_t *rest_count;                                                /* (m) */
    const int64_t *rest_seconds, *rest_earliest, *rest_latest;                /* (m, rests) */
    const int64_t *max_stops, *max_metres, *max_seconds;                      /* (m) */
    const int64_t *fixed_units, *metre_units, *second_units;                  /* (m) */
    const int32_t *vehicle_class;                                             /* (m) -1: never opened */
    const uint8_t *needs_seconds; /* (m) duration is limited or paid */
    const uint8_t *exact;         /* (m) ... and only a walk along the route can tell it */
    const int32_t *near_orders;   /* (n, near) nearest first */
    const int32_t *rank;          /* (6, n) places in the sortings: demand, far, near, width, opening, closing */
} lm_problem;

/* A stretch of a route: shortest duration, and the earliest and latest start that reach it. */
typedef struct {
    int64_t length, first, last;
} lm_span;

typedef struct {
    int32_t next, prev, route, place; /* route: -1 for an order on none, -2 for an excluded one */
    int32_t metres, drive;            /* of the leg to next; 0 metres while the route is empty */
    int64_t stamp;                    /* the insertion that last looked at the gap behind this node */
    lm_span head, tail;               /* from the depot up to here; from here to the depot */
} lm_node;

typedef struct {
    int64_t stops, metres, seconds; /* seconds: duration by spans (not by an exact walk) */
    int64_t units, old_units;       /* cost, and cost before the step */
    int64_t touched;                /* the step that last changed it */
    int64_t old_at, old_stops;      /* its orders before the step, in lm_state.undo */
} lm_route;

typedef struct {
    const lm_problem *p;
    uint64_t random;
    int64_t steps, tries, blink;
    int64_t units, best_units; /* of the present and of the best plan, penalties included */
    int64_t used;              /* routes with orders */
    int64_t active;            /* orders that are not excluded */
    int64_t absent_size, missing; /* orders on no route; those among them whose absence counts */
    int64_t pool_size, touched_size, undo_size;
    int64_t strict;      /* 1: walk along the whole route for each gap where a duration limit needs it */
    int64_t force;       /* in this step orders go in even where leaving them out is cheaper */
    lm_node *node;       /* (n + 2m) */
    lm_route *route;     /* (m) */
    int64_t *leave;      /* (nodes, rests + 1) earliest departure with k breaks behind */
    int64_t *due;        /* (nodes, rests + 1) latest arrival with k breaks behind */
    int64_t *load;       /* (m, dims) what the route leaves the depot with; without deliveries, what it brings */
    int64_t *peak_before, *peak_after; /* (nodes, dims) most on board up to / from the leg behind a node */
    int64_t *absence;    /* (n) how often the order was left out */
    int64_t *key;        /* (n) what the removed orders are sorted by */
    int64_t *was_absent; /* (n) the last step at whose start it was on no route */
    int32_t *absent, *absent_at;       /* list of orders on no route, and places in it (-1: not in it) */
    int32_t *pool, *touched, *undo, *best_next;
    int32_t *free_list, *free_at, *class_at, *class_free; /* empty vehicles by class */
    uint32_t *rest_mark; /* (nodes, 2) breaks taken before / after the drive behind a node */
} lm_state;

/* Where an order could go: behind `left`, for `units` more. */
typedef struct {
    int32_t left;
    int64_t units;
} lm_gap;

/* route.c */
void lm_refresh(lm_state *s, int32_t vehicle, int32_t first, int32_t last);
void lm_refresh_depots(lm_state *s, int32_t vehicle);
int64_t lm_exact_seconds(lm_state *s, int32_t vehicle);
int64_t lm_route_units(lm_state *s, int32_t vehicle);
void lm_link(lm_state *s, int32_t left, int32_t order);
void lm_unlink(lm_state *s, int32_t order);
int lm_keeps_limits(lm_state *s, int32_t vehicle);

/* insert.c */
lm_gap lm_cheapest_gap(lm_state *s, int32_t order);

/* search.c */
uint32_t lm_random(lm_state *s);
int32_t lm_below(lm_state *s, int32_t bound);
void lm_construct(lm_state *s);
void lm_note_use(lm_state *s, int32_t vehicle);
void lm_add_absent(lm_state *s, int32_t order);
void lm_save_best(lm_state *s);

/* Called from Python. lm_init returns 0, or the number of what is wrong with the tables. */
LM_EXPORT int64_t lm_abi(void);
LM_EXPORT int64_t lm_size(const lm_problem *p);
LM_EXPORT int64_t lm_init(void *arena, const lm_problem *p, uint64_t seed, const int32_t *start,
                          const int32_t *start_stops);
LM_EXPORT void lm_run(void *arena, int64_t steps, int64_t temperature, int32_t chase);
LM_EXPORT void lm_load(void *arena, const int32_t *orders, const int32_t *stops);
LM_EXPORT int64_t lm_number(const void *arena, int32_t which);
LM_EXPORT void lm_routes(const void *arena, int32_t best, int32_t *orders, int32_t *stops);

static inline int64_t lm_most(int64_t a, int64_t b) { return a > b ? a : b; }
static inline int64_t lm_least(int64_t a, int64_t b) { return a < b ? a : b; }

/* When service can begin for an arrival at `time`; LM_NEVER when it is too late for all windows. */
static inline int64_t lm_service_start(const lm_problem *p, int32_t order, int64_t time)
{
    const int64_t *start = p->window_start + (int64_t)order * p->windows;
    const int64_t *end = p->window_end + (int64_t)order * p->windows;
    int32_t w, count = p->several ? p->window_count[order] : 1;
    for (w = 0; w < count; w++)
        if (time <= end[w])
            return lm_most(start[w], time);
    return LM_NEVER;
}

/* One stretch after another with a drive between them. */
static inline lm_span lm_join(lm_span a, int64_t drive, lm_span b)
{
    int64_t reach = a.length + drive;
    int64_t wait = lm_most(b.first - reach - a.last, 0);
    lm_span both;
    both.length = reach + b.length + wait;
    both.first = lm_most(b.first - reach, a.first) - wait;
    both.last = lm_least(b.last - reach, a.last);
    return both;
}

/* The stretch of serving one order, reached after `before` and a drive: in the first window that is open then. */
static inline lm_span lm_visit(const lm_problem *p, int32_t order, lm_span before, int64_t drive)
{
    int64_t row = (int64_t)order * p->windows, time = before.first + before.length + drive;
    int32_t w = 0;
    lm_span visit;
    if (p->several)
        while (w + 1 < p->window_count[order] && time > p->window_end[row + w])
            w++;
    visit.length = p->service[order];
    visit.first = p->window_start[row + w];
    visit.last = p->window_end[row + w];
    return visit;
}

/* Take the next breaks now where that is possible: time[k] is the earliest moment with k of them behind.
 * Returns a bit for each break k that time[k + 1] now takes here. */
static inline uint32_t lm_rest(const lm_problem *p, int32_t vehicle, int64_t *time)
{
    int64_t row = (int64_t)vehicle * p->rests, start;
    uint32_t taken = 0;
    int32_t k;
    for (k = 0; k < p->rest_count[vehicle]; k++) {
        start = lm_most(time[k], p->rest_earliest[row + k]);
        if (start <= p->rest_latest[row + k] && start + p->rest_seconds[row + k] < time[k + 1]) {
            time[k + 1] = start + p->rest_seconds[row + k];
            taken |= (uint32_t)1 << k;
        }
    }
    return taken;
}

#endif
