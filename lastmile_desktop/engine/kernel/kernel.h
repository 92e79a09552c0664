/* Ruin and recreate for one day of deliveries: slack induction by string removals (Christiaens and Vanden
 * Berghe 2020) with simulated annealing.
 *
 * No operating system, no allocation, no floating point beyond strictly ordered double arithmetic: the same
 * problem, seed and steps give the same plan everywhere. The caller owns all memory: the tables of lm_problem
 * and one arena of lm_size() bytes. Times are seconds, lengths metres, costs "units" (whole multiples of
 * 1/18000 cent, see Tables.unit).
 *
 * Nodes: orders are 0..n-1, the start of vehicle v is n+v, its end n+m+v. A route is a doubly linked list.
 *
 * Where to add a rule: gap.h tests one gap (lm_test_gap); route.c keeps what a node and a route know up to date
 * (lm_refresh) and computes what a route costs (lm_route_units) and whether it keeps its limits after a removal
 * (lm_keeps_limits); search.c adds what orders cost (new_units). Whatever a node knows is saved by lm_save before
 * its first change in a step, whatever a route knows by lm_touch: undoing a step then needs no code of a rule.
 */
#ifndef LASTMILE_KERNEL_H
#define LASTMILE_KERNEL_H

#include <stdint.h>

#define LM_ABI 7
#define LM_NEVER (1 << 30) /* of a time; all real ones are below half of it */
#define LM_NO_LIMIT ((int64_t)1 << 60)
#define LM_ANY_PRICE ((int64_t)1 << 59) /* a gap that is forbidden costs more, also where its legs save something */
#define LM_NO_WAY 10000000
#define LM_MAX_RESTS 8

#if defined(_WIN32)
#define LM_EXPORT __declspec(dllexport)
#else
#define LM_EXPORT __attribute__((visibility("default")))
#endif
#define LM_INLINE static inline __attribute__((always_inline))

/* What is asked most often about an order: its first window, and its first load. */
typedef struct {
    int32_t open, close, service, amount;
} lm_visit;

/* All tables are read only and belong to the caller. n orders, m vehicles, p places. */
typedef struct {
    int32_t abi, orders, vehicles, places, dims, windows, rests, near, near_insert, beside, classes;
    int32_t timed;     /* 0: time plays no role at all */
    int32_t mixed;     /* deliveries and pickups both exist */
    int32_t several;   /* some order has more than one window */
    int32_t no_way;    /* some leg does not exist (LM_NO_WAY seconds) */
    int32_t picky;     /* some vehicle may not serve some order */
    int32_t tight;     /* window rules take part in the sorting */
    int32_t one_price; /* a leg costs the same on all vehicles */
    int32_t priced;    /* there are tables leg and leg_in; else prices are to be multiplied */
    int32_t limited;   /* some vehicle has a limit of stops or metres */
    int32_t spans;     /* the duration of some route is limited or paid */
    int32_t clocked;   /* steps of the traffic; 0: a drive takes as long at any time */
    int32_t soft;      /* some order may be late at a price */
    int32_t even;      /* what is to be even: 0 nothing, 1 hours, 2 shares */
    int32_t real;      /* the first so many orders are orders, the others reloads (see reload.c) */
    int32_t extra;     /* lateness, overtime or evenness: a stop more may make a route cheaper in parts */
    int32_t company;   /* there are rules about who goes with whom: the tables from partner on (company.c) */
    int32_t pairs;     /* ... shipments */
    int32_t marks;     /* ... orders that come first or last */
    int32_t relations; /* ... orders that come before others */
    const int32_t *leg, *leg_in; /* (kinds, p, p) units of a leg; x_in[a][b] is the leg from b to a */
    const int32_t *metres, *metres_in, *seconds, *seconds_in; /* (p, p) */
    const int32_t *order_place;                               /* (n) */
    const lm_visit *visit;                                    /* (n) */
    const int32_t *demand;                                    /* (n, dims) */
    const uint8_t *pickup, *locked, *excluded;                /* (n); excluded orders are none of our business */
    const int32_t *window_start, *window_end;                 /* (n, windows), ascending */
    const int32_t *window_count;                              /* (n) */
    const int64_t *penalty;                                   /* (n) units for leaving the order out */
    const int64_t *weight;                                    /* (n) how much its absence counts; 0: not at all */
    const uint8_t *allowed;                                   /* (n, m) */
    const int32_t *start_place, *end_place;                   /* (m) */
    const int32_t *capacity;                                  /* (m, dims) */
    const int32_t *earliest_start, *latest_start, *earliest_end, *latest_end; /* (m) */
    const int32_t *rest_count;                                                /* (m) */
    const int32_t *rest_seconds, *rest_earliest, *rest_latest;                /* (m, rests) */
    const int32_t *max_stops, *max_seconds;                                   /* (m) LM_NEVER: no limit */
    const int64_t *max_metres;                                                /* (m) */
    const int64_t *fixed_units, *metre_units, *second_units;                  /* (m) */
    const int32_t *price_kind;    /* (m) which of the tables in leg */
    const int32_t *vehicle_class;                                             /* (m) -1: never opened */
    const uint8_t *needs_seconds; /* (m) duration is limited or paid */
    const uint8_t *exact;         /* (m) ... and only a walk along the route can tell it */
    const int32_t *traffic_from;  /* (clocked) from which second, ascending from 0 */
    const int64_t *traffic_rate;  /* (clocked) work a second, see traffic.py */
    const int64_t *traffic_scale; /* (1) work of a second of usual driving */
    const int32_t *setup;         /* (p) time to find the door where clocked; else part of `seconds` */
    const int32_t *reloads;       /* (m) reloads of a vehicle */
    const int32_t *due;           /* (n, windows) ends as the customer has them */
    const int64_t *late_units;    /* (n) units for a second behind them */
    const int32_t *regular_end;   /* (m) overtime begins here */
    const int64_t *over_units;    /* (m) units for a second of it */
    const int64_t *even_share;    /* (n) what an order adds to the work of its vehicle */
    const int64_t *even_units;    /* (1) units for the square of a vehicle's work */
    const int32_t *near_orders;   /* (n, near) nearest first */
    const int32_t *beside_orders; /* (n, beside) beside which it is best inserted, best first */
    const int32_t *rank;          /* (6, n) places in the sortings: demand, far, near, width, opening, closing */
    const int32_t *partner;       /* (n) the other half of a shipment, -1: none */
    const int32_t *mark;          /* (n) -1 first, 1 last on the route; else 0 */
    const uint8_t *sealed;        /* (n) nothing may come directly before this order */
    const int32_t *relation_at, *relation; /* (n + 1) where an order's begin; 2 * other + (1: the other is later) */
    const int32_t *group, *group_at, *group_order; /* (n) -1: none; members of group g from group_at[g] on */
    const int64_t *wish;                           /* (n, m) units of the order going with this vehicle */
    const int32_t *tidy_at, *tidy_order;           /* near orders, as relation_at */
    const int64_t *tidy_units;                     /* (1) of two near orders on different routes */
} lm_problem;

/* A stretch of a route: shortest duration, and the earliest and latest start that reach it. */
typedef struct {
    int32_t length, first, last;
} lm_span;

/* The neighbours of a node and the legs to them: all that most gaps are ever asked about, in half a cache line. */
typedef struct {
    int32_t next, prev, next_place, prev_place;
    int32_t leg_in, leg_out; /* units of the legs from prev and to next; 0 while the route is empty */
    int32_t route;           /* -1 for an order on none, -2 for an excluded one */
    uint32_t saved;          /* the step in which this node was last saved for undoing */
} lm_link;

typedef struct {
    int32_t leave, due;    /* earliest departure, latest arrival */
    int32_t drive, metres; /* of the leg to next; 0 while the route is empty */
} lm_time;

typedef struct {
    lm_span head, tail; /* from the depot up to here; from here to the depot */
} lm_spans;

typedef struct {
    int64_t units;                          /* cost, as of the last accepted step */
    int64_t legs, metres;                   /* sums over its legs; with them the units of wishes */
    int32_t stops, drive, service, seconds; /* seconds: duration by spans (not by an exact walk) */
    int32_t waiting;                        /* of the seconds */
    int32_t ends;                           /* the earliest return by spans */
    int64_t share;                          /* sum of even_share */
    uint64_t key;                           /* stands for the set of its orders */
    uint32_t touched;                       /* the step that last changed it */
} lm_route;

typedef struct lm_pool lm_pool;

typedef struct {
    const lm_problem *p;
    uint64_t random;
    int64_t steps, blink;
    int64_t units, best_units; /* of the present and of the best plan, penalties included */
    int64_t used;              /* routes with orders */
    int64_t active;            /* orders that are not excluded */
    int64_t absent_size, missing; /* orders on no route; those among them whose absence counts */
    int64_t pool_size, touched_size, saved_size;
    int64_t apart, old_apart; /* pairs of near orders on different routes, now and before the step */
    int64_t strict;      /* 1: walk along the whole route for each gap where a duration limit needs it */
    int64_t force;       /* in this step orders go in even where leaving them out is cheaper */
    int64_t row_size;    /* numbers in one row of `row` */
    uint32_t step;       /* the lowest bits of `steps` */
    int32_t mode;        /* which rules the insertion test must know, see gap.h */
    int32_t *place;      /* (nodes) */
    lm_link *link;       /* (nodes) */
    lm_time *time;       /* (nodes) */
    lm_spans *spans;     /* (nodes) where problem.spans */
    int32_t *row;        /* (nodes, row_size) see lm_leave and lm_peak_before */
    lm_route *route;     /* (m) */
    int32_t *index;      /* (nodes) place on the route, where problem.relations */
    int32_t *slack;      /* (m, dims) capacity that is left at the depot; without deliveries, on return */
    int64_t *absence;    /* (n) how often the order was left out */
    int64_t *key;        /* (n) what the removed orders are sorted by */
    int64_t *was_absent; /* (n) the last step at whose start it was on no route */
    int32_t *absent, *absent_at;       /* list of orders on no route, and places in it (-1: not in it) */
    int32_t *pool, *touched, *best_next;
    int64_t watch; /* routes of accepted plans of up to so many units are kept; -1: none */
    lm_pool *pool_of_routes;
    int32_t *free_list, *free_at, *class_at, *class_free; /* empty vehicles by class */
    uint32_t *rest_mark; /* (nodes, 2) breaks taken before / after the drive behind a node */
    int32_t *begins;     /* (nodes) start of service on a walk, where problem.soft */
    /* What nodes and routes were before their first change in this step. */
    int32_t *saved_node; /* (2 nodes): a node may be saved again after its route was restored */
    lm_link *saved_link;
    lm_time *saved_time;
    lm_spans *saved_spans;
    int32_t *saved_row;
    lm_route *old_route; /* (m) */
    int32_t *old_slack;  /* (m, dims) */
} lm_state;

/* Where an order could go: behind `left`, for `units` more. */
typedef struct {
    int64_t units;
    int32_t left;
} lm_gap;

/* Where a shipment could go: the pickup behind `left`, the delivery then behind `left_delivery`. */
typedef struct {
    int64_t units;
    int32_t left, left_delivery;
} lm_pair;

/* Changes of one route: the first and last nodes whose neighbour on the left, or on the right, is another. */
typedef struct {
    int32_t first_right, last_right, first_left, last_left;
} lm_change;

/* route.c */
void lm_save(lm_state *s, int32_t node);
void lm_touch(lm_state *s, int32_t vehicle);
void lm_restore(lm_state *s, int32_t vehicle);
void lm_restore_all(lm_state *s);
void lm_insert(lm_state *s, int32_t left, int32_t order);
void lm_connect(lm_state *s, int32_t left, int32_t right);
void lm_leave_route(lm_state *s, int32_t order);
void lm_refresh(lm_state *s, int32_t vehicle, lm_change change);
void lm_refresh_whole(lm_state *s, int32_t vehicle);
void lm_refresh_depots(lm_state *s, int32_t vehicle);
int64_t lm_route_units(lm_state *s, int32_t vehicle);
int lm_keeps_limits(lm_state *s, int32_t vehicle);

/* reload.c */
void lm_refresh_trips(lm_state *s, int32_t vehicle);
int lm_keeps_trips(lm_state *s, int32_t vehicle);
void lm_move_reloads(lm_state *s, int32_t vehicle, int32_t hole);
void lm_clear_end(lm_state *s, int32_t vehicle);

/* rests.c */
typedef struct {
    int32_t seconds, end; /* duration and return; LM_NEVER where the route is not feasible */
    int64_t late;         /* units for lateness */
} lm_day;
lm_day lm_walk(lm_state *s, int32_t vehicle);

/* insert.c */
lm_gap lm_cheapest_gap(lm_state *s, int32_t order);
int32_t lm_last_gap(lm_state *s, int32_t order, int32_t vehicle);
int32_t lm_mode(const lm_problem *p);

/* exchange.c */
void lm_exchange(lm_state *s, int32_t order);
/* company.c */
int32_t lm_home(const lm_state *s, int32_t order);
int lm_sequence_fits(const lm_state *s, int32_t order, int32_t vehicle, int32_t left, int32_t right);
int64_t lm_apart(const lm_state *s, int32_t order, int32_t vehicle);
void lm_count_company(lm_state *s, int32_t order, int32_t vehicle, int32_t sign);
void lm_number_route(lm_state *s, int32_t vehicle);
int lm_take_company(lm_state *s, int32_t vehicle, int64_t from);

/* pair.c */
lm_pair lm_cheapest_pair(lm_state *s, int32_t pickup, int32_t delivery);

/* pool.c */
void lm_keep_routes(const lm_state *s);

/* search.c */
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
LM_EXPORT int64_t lm_pool_size(int64_t limit, int64_t room);
LM_EXPORT void lm_watch(void *arena, void *pool, int64_t limit, int64_t room, int64_t units);
LM_EXPORT int64_t lm_kept(const void *pool, int32_t orders);
LM_EXPORT void lm_seen_routes(const void *pool, int64_t *units, int32_t *vehicle, int32_t *stops, int32_t *orders);
LM_EXPORT int64_t lm_number(const void *arena, int32_t which);
LM_EXPORT void lm_routes(const void *arena, int32_t best, int32_t *orders, int32_t *stops);

static inline int64_t lm_most(int64_t a, int64_t b) { return a > b ? a : b; }
static inline int32_t lm_later(int32_t a, int32_t b) { return a > b ? a : b; }
static inline int32_t lm_earlier(int32_t a, int32_t b) { return a < b ? a : b; }

/* PCG32 (O'Neill 2014). */
static inline uint32_t lm_random(lm_state *s)
{
    uint64_t old = s->random;
    uint32_t mixed = (uint32_t)(((old >> 18) ^ old) >> 27), turn = (uint32_t)(old >> 59);
    s->random = old * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (mixed >> turn) | (mixed << ((32 - turn) & 31));
}

/* A number that looks random (splitmix64, Steele et al. 2014). */
static inline uint64_t lm_mix(uint64_t x)
{
    x = (x + 1) * UINT64_C(0x9E3779B97F4A7C15);
    x = (x ^ (x >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94D049BB133111EB);
    return x ^ (x >> 31);
}

static inline int32_t lm_below(lm_state *s, int32_t bound)
{
    return (int32_t)(((uint64_t)lm_random(s) * (uint64_t)bound) >> 32);
}

/* A row holds the earliest departures with 0.. breaks behind, the latest arrivals with 0.. breaks behind, and the
 * largest loads on the legs up to, and from, the one behind a node. */
static inline int32_t *lm_leave(const lm_state *s, int32_t node) { return s->row + node * s->row_size; }
static inline int32_t *lm_due(const lm_state *s, int32_t node)
{
    return lm_leave(s, node) + s->p->rests + 1;
}
static inline int32_t *lm_peak_before(const lm_state *s, int32_t node)
{
    return lm_leave(s, node) + (s->p->rests ? 2 * (s->p->rests + 1) : 0);
}
static inline int32_t *lm_peak_after(const lm_state *s, int32_t node)
{
    return lm_peak_before(s, node) + s->p->dims;
}

/* When a drive that begins at `time` is over; traffic.py says how this is computed. */
static inline int32_t lm_arrive(const lm_problem *p, int32_t time, int32_t drive)
{
    int64_t work, possible;
    int32_t k = 0;
    if (drive <= 0 || drive >= LM_NO_WAY)
        return time + drive;
    while (k + 1 < p->clocked && p->traffic_from[k + 1] <= time)
        k++;
    for (work = drive * p->traffic_scale[0]; k + 1 < p->clocked; time = p->traffic_from[++k]) {
        possible = (p->traffic_from[k + 1] - time) * p->traffic_rate[k];
        if (work <= possible)
            break;
        work -= possible;
    }
    return time + (int32_t)((work + p->traffic_rate[k] - 1) / p->traffic_rate[k]);
}

/* When a drive must begin at the latest to be over by `time`. */
static inline int32_t lm_depart(const lm_problem *p, int32_t time, int32_t drive)
{
    int64_t work, possible;
    int32_t k = p->clocked - 1;
    if (drive <= 0 || drive >= LM_NO_WAY)
        return time - drive;
    while (k > 0 && p->traffic_from[k] >= time)
        k--;
    for (work = drive * p->traffic_scale[0]; k > 0; time = p->traffic_from[k--]) {
        possible = (time - p->traffic_from[k]) * p->traffic_rate[k];
        if (work <= possible)
            break;
        work -= possible;
    }
    return time - (int32_t)((work + p->traffic_rate[k] - 1) / p->traffic_rate[k]);
}

/* From setting out at `time` to standing before the door, between two places; and back again. */
static inline int32_t lm_reach(const lm_problem *p, int32_t time, int32_t drive, int32_t from, int32_t to)
{
    if (!p->clocked)
        return time + drive;
    return lm_arrive(p, time, drive) + (from == to ? 0 : p->setup[to]);
}
static inline int32_t lm_set_out(const lm_problem *p, int32_t time, int32_t drive, int32_t from, int32_t to)
{
    if (!p->clocked)
        return time - drive;
    return lm_depart(p, time - (from == to ? 0 : p->setup[to]), drive);
}

/* Price of a leg where it differs by vehicle; one that does not exist may cost anything. */
static inline int64_t lm_leg_units(const lm_problem *p, int32_t vehicle, int32_t metres, int32_t seconds)
{
    int64_t units = metres * p->metre_units[vehicle] + seconds * p->second_units[vehicle];
    return units < INT32_MAX ? units : INT32_MAX;
}

/* When service can begin for an arrival at `time`; LM_NEVER when it is too late for all windows. */
static inline int32_t lm_service_start(const lm_problem *p, int32_t order, int32_t time)
{
    const lm_visit *visit = &p->visit[order];
    const int32_t *start, *end;
    int32_t w;
    if (time <= visit->close)
        return lm_later(visit->open, time);
    if (!p->several)
        return LM_NEVER;
    start = p->window_start + (int64_t)order * p->windows;
    end = p->window_end + (int64_t)order * p->windows;
    for (w = 1; w < p->window_count[order]; w++)
        if (time <= end[w])
            return lm_later(start[w], time);
    return LM_NEVER;
}

/* Units for beginning the service of an order at `start`. */
static inline int64_t lm_late_units(const lm_problem *p, int32_t order, int32_t start)
{
    const int32_t *end = p->window_end + (int64_t)order * p->windows, *due = p->due + (int64_t)order * p->windows;
    int32_t w = 0;
    while (w + 1 < p->window_count[order] && start > end[w])
        w++;
    return lm_later(start - due[w], 0) * p->late_units[order];
}

/* Price of returning at `end`, and of the day's work beyond the drive. */
static inline int64_t lm_over_units(const lm_problem *p, int32_t vehicle, int32_t end)
{
    return lm_later(end - p->regular_end[vehicle], 0) * p->over_units[vehicle];
}
static inline int64_t lm_even_units(const lm_problem *p, int64_t work)
{
    return work * work * p->even_units[0];
}

/* The latest moment not after `time` at which service may begin; -LM_NEVER when there is none. */
static inline int32_t lm_latest_service(const lm_problem *p, int32_t order, int32_t time)
{
    const int32_t *start = p->window_start + (int64_t)order * p->windows;
    const int32_t *end = p->window_end + (int64_t)order * p->windows;
    int32_t w;
    for (w = p->several ? p->window_count[order] - 1 : 0; w >= 0; w--)
        if (start[w] <= time)
            return lm_earlier(end[w], time);
    return -LM_NEVER;
}

/* One stretch after another with a drive between them. */
static inline lm_span lm_join(lm_span a, int32_t drive, lm_span b)
{
    int32_t reach = a.length + drive;
    int32_t wait = lm_later(b.first - reach - a.last, 0);
    lm_span both;
    both.length = reach + b.length + wait;
    both.first = lm_later(b.first - reach, a.first) - wait;
    both.last = lm_earlier(b.last - reach, a.last);
    return both;
}

/* The stretch of serving one order, reached after `before` and a drive: in the first window that is open then. */
static inline lm_span lm_serve(const lm_problem *p, int32_t order, lm_span before, int32_t drive)
{
    const lm_visit *visit = &p->visit[order];
    lm_span span = {visit->service, visit->open, visit->close};
    if (p->several) {
        int64_t row = (int64_t)order * p->windows;
        int32_t w = 0, time = before.first + before.length + drive;
        while (w + 1 < p->window_count[order] && time > p->window_end[row + w])
            w++;
        span.first = p->window_start[row + w];
        span.last = p->window_end[row + w];
    }
    return span;
}

/* A reload that no trip comes before takes no time, and may be at any time of departure. */
static inline int lm_is_idle(const lm_state *s, int32_t x)
{
    return x >= s->p->real && s->link[x].prev >= s->p->real;
}
static inline int32_t lm_service(const lm_state *s, int32_t x) { return lm_is_idle(s, x) ? 0 : s->p->visit[x].service; }
static inline int32_t lm_begin(const lm_state *s, int32_t x, int32_t time)
{
    if (lm_is_idle(s, x))
        return time <= s->p->latest_start[s->link[x].route] ? time : LM_NEVER;
    return lm_service_start(s->p, x, time);
}
static inline int32_t lm_latest(const lm_state *s, int32_t x, int32_t time)
{
    if (lm_is_idle(s, x))
        return lm_earlier(s->p->latest_start[s->link[x].route], time);
    return lm_latest_service(s->p, x, time);
}
static inline lm_span lm_stretch(const lm_state *s, int32_t x, lm_span before, int32_t drive)
{
    if (lm_is_idle(s, x))
        return (lm_span){0, 0, s->p->latest_start[s->link[x].route]};
    return lm_serve(s->p, x, before, drive);
}

/* Take the next breaks now where that is possible: time[k] is the earliest moment with k of them behind.
 * Returns a bit for each break k that time[k + 1] now takes here. */
static inline uint32_t lm_rest(const lm_problem *p, int32_t vehicle, int32_t *time)
{
    int64_t row = (int64_t)vehicle * p->rests;
    uint32_t taken = 0;
    int32_t k, start;
    for (k = 0; k < p->rest_count[vehicle]; k++) {
        start = lm_later(time[k], p->rest_earliest[row + k]);
        if (start <= p->rest_latest[row + k] && start + p->rest_seconds[row + k] < time[k + 1]) {
            time[k + 1] = start + p->rest_seconds[row + k];
            taken |= (uint32_t)1 << k;
        }
    }
    return taken;
}

/* Latest moments with k breaks behind, given those without taking another break here. */
static inline void lm_rest_backward(const lm_problem *p, int32_t vehicle, int32_t *time)
{
    int64_t row = (int64_t)vehicle * p->rests;
    int32_t k, start;
    for (k = p->rest_count[vehicle] - 1; k >= 0; k--) {
        start = lm_earlier(p->rest_latest[row + k], time[k + 1] - p->rest_seconds[row + k]);
        if (start >= p->rest_earliest[row + k])
            time[k] = lm_later(time[k], start);
    }
}

#endif
