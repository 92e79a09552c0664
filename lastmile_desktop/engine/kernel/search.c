/* The search: take strings of neighbouring stops out, put them back one by one, accept like annealing. */
#include "kernel.h"

#define MEAN_REMOVED 10.0
#define MANY_REMOVED 40.0
#define MANY_CHANCE 60
#define LONGEST_STRING 10.0
#define SPLIT_GROWS 0.5
#define OPTIONAL_CHANCE 6
#define EXCHANGE_CHANCE 12
#define ABSENT_TRIED 20
#define ABSENT_NEAR 12

static double unit(lm_state *s) { return (double)lm_random(s) * (1.0 / 4294967296.0); }

/* -ln of a random number in (0, 1): by a series, because the system's log differs from system to system. */
static double minus_log(lm_state *s)
{
    uint64_t odd = 2 * (uint64_t)lm_random(s) + 1, top = odd;
    int32_t shift = 0;
    double m, z, square, term, sum = 0.0;
    int32_t i;
    while (top > 1) {
        top >>= 1;
        shift++;
    }
    m = (double)odd / (double)((uint64_t)1 << shift);
    z = (m - 1.0) / (m + 1.0);
    square = z * z;
    term = z;
    for (i = 1; i < 20; i += 2) {
        sum = sum + term / (double)i;
        term = term * square;
    }
    return (double)(33 - shift) * 0.6931471805599453 - 2.0 * sum;
}

/* Keep the lists of empty vehicles and the number of used ones right after a route was filled or emptied. */
void lm_note_use(lm_state *s, int32_t vehicle)
{
    int32_t c = s->p->vehicle_class[vehicle], at = s->free_at[vehicle], moved;
    int empty = s->route[vehicle].stops == 0;
    if (c < 0 || empty == (at >= 0))
        return;
    if (empty) {
        at = s->class_at[c] + s->class_free[c]++;
        s->free_list[at] = vehicle;
        s->free_at[vehicle] = at;
        s->used--;
    } else {
        moved = s->free_list[s->class_at[c] + --s->class_free[c]];
        s->free_list[at] = moved;
        s->free_at[moved] = at;
        s->free_at[vehicle] = -1;
        s->used++;
    }
}

void lm_add_absent(lm_state *s, int32_t order)
{
    s->absent_at[order] = (int32_t)s->absent_size;
    s->absent[s->absent_size++] = order;
    s->missing += s->p->weight[order] > 0;
}

static void drop_absent(lm_state *s, int32_t order)
{
    int32_t at = s->absent_at[order], moved = s->absent[--s->absent_size];
    s->absent[at] = moved;
    s->absent_at[moved] = at;
    s->absent_at[order] = -1;
    s->missing -= s->p->weight[order] > 0;
}

/* The string to take out of a route: `length` stops around `order` and, half of the time, `kept` more of which an
 * inner part stays. Returns the first of them. */
static int32_t place_string(lm_state *s, int32_t order, int64_t length, int64_t *kept, int64_t *keep_from)
{
    const lm_problem *p = s->p;
    int64_t stops = s->route[s->link[order].route].stops, before = 0, after = 0, back, low;
    int32_t x = order, y = order;
    *kept = *keep_from = 0;
    if (stops > length && unit(s) < 0.5) {
        *kept = 1;
        while (length + *kept < stops && unit(s) < SPLIT_GROWS)
            (*kept)++;
        *keep_from = length > 1 ? 1 + lm_below(s, (int32_t)length - 1) : lm_below(s, 2);
    }
    while (before < length + *kept - 1 && s->link[x].prev < p->orders) {
        x = s->link[x].prev;
        before++;
    }
    while (after < length + *kept - 1 && s->link[y].next < p->orders) {
        y = s->link[y].next;
        after++;
    }
    low = lm_most(0, length + *kept - 1 - after);
    back = low + lm_below(s, (int32_t)(before - low + 1));
    for (; before > back; before--)
        x = s->link[x].next;
    return x;
}

/* Take a string of about `length` stops that contains `order` off its route. Locked stops always stay. */
static void remove_string(lm_state *s, int32_t order, int64_t length)
{
    const lm_problem *p = s->p;
    int32_t vehicle = s->link[order].route, left, x, next;
    int64_t kept, keep_from, i, pool = s->pool_size, apart = s->apart;
    lm_change change = {-1, -1, -1, -1};
    lm_touch(s, vehicle);
    x = place_string(s, order, length, &kept, &keep_from);
    left = s->link[x].prev;
    for (i = 0; i <= length + kept; i++, x = next) {
        int stays = i == length + kept || p->locked[x] || (i >= keep_from && i < keep_from + kept);
        next = s->link[x].next;
        if (!stays) {
            lm_leave_route(s, x);
            s->pool[s->pool_size++] = x;
            continue;
        }
        if (s->link[x].prev != left) { /* a run of stops is out */
            lm_connect(s, left, x);
            change.first_right = change.first_right < 0 ? x : change.first_right;
            change.first_left = change.first_left < 0 ? left : change.first_left;
            change.last_right = x;
            change.last_left = left;
        }
        left = x;
    }
    if (s->pool_size == pool)
        return;
    if (p->reloads[vehicle])
        lm_move_reloads(s, vehicle, change.first_left);
    if (p->company && lm_take_company(s, vehicle, pool))
        lm_refresh_whole(s, vehicle);
    else
        lm_refresh(s, vehicle, change);
    if (lm_keeps_limits(s, vehicle)) {
        lm_note_use(s, vehicle);
    } else {
        s->pool_size = pool;
        s->apart = apart;
        lm_restore(s, vehicle);
    }
}

/* Strings from routes around a random order, now and then from many more; returns that order. */
static int32_t ruin(lm_state *s)
{
    const lm_problem *p = s->p;
    int32_t centre = lm_below(s, p->real), i;
    double longest, most, removed = lm_below(s, MANY_CHANCE) ? MEAN_REMOVED : MANY_REMOVED;
    int64_t strings, ruined = 0;
    if (!s->used)
        return centre;
    longest = (double)(s->active - s->absent_size) / (double)s->used;
    if (longest > LONGEST_STRING)
        longest = LONGEST_STRING;
    if (p->classes > 1 && lm_below(s, EXCHANGE_CHANCE) == 0)
        lm_exchange(s, centre);
    strings = (int64_t)(unit(s) * (4.0 * removed / (1.0 + longest) - 1.0) + 1.0);
    for (i = -1; i < p->near && ruined < strings; i++) {
        int32_t order = i < 0 ? centre : p->near_orders[(int64_t)centre * p->near + i];
        int32_t vehicle = s->link[order].route;
        if (vehicle < 0 || s->route[vehicle].touched == s->step)
            continue;
        most = (double)s->route[vehicle].stops;
        if (most > longest)
            most = longest;
        remove_string(s, order, (int64_t)(unit(s) * most + 1.0));
        ruined++;
    }
    return centre;
}

static void add_to_pool(lm_state *s, int32_t order)
{
    if (s->was_absent[order] == s->steps)
        return;
    s->was_absent[order] = s->steps;
    s->pool[s->pool_size++] = order;
    if (s->p->company && s->p->partner[order] >= 0)
        add_to_pool(s, s->p->partner[order]);
}

/* Also try orders that are on no route: when they are few all, but those that need not be planned (or cannot be)
 * only now and then; else some near the ruin and some others. */
static void call_absent(lm_state *s, int32_t centre)
{
    const lm_problem *p = s->p;
    int64_t limit = s->pool_size + ABSENT_TRIED, near_limit = s->pool_size + ABSENT_NEAR;
    int64_t i, at;
    if (s->absent_size <= ABSENT_TRIED) {
        for (i = 0; i < s->absent_size; i++)
            if (p->weight[s->absent[i]] || lm_below(s, OPTIONAL_CHANCE) == 0)
                add_to_pool(s, s->absent[i]);
        return;
    }
    for (i = 0; i < p->near && s->pool_size < near_limit; i++)
        if (s->absent_at[p->near_orders[(int64_t)centre * p->near + i]] >= 0)
            add_to_pool(s, p->near_orders[(int64_t)centre * p->near + i]);
    at = lm_below(s, (int32_t)s->absent_size);
    for (i = 0; i < s->absent_size && s->pool_size < limit; i++)
        add_to_pool(s, s->absent[(at + i) % s->absent_size]);
}

/* Which of the tables lm_problem.rank to sort by; -1: at random, -2: by absence. */
static int32_t draw_rule(lm_state *s)
{
    int32_t draw;
    if (s->missing && lm_below(s, 3) == 0)
        return -2;
    draw = lm_below(s, s->p->tight ? 17 : 11);
    if (draw < 4)
        return -1;
    if (draw < 8)
        return 0;
    if (draw < 11)
        return draw < 10 ? 1 : 2;
    return 3 + (draw - 11) / 2;
}

static void sort_pool(lm_state *s)
{
    const lm_problem *p = s->p;
    int32_t rule = draw_rule(s), order;
    int64_t i, j;
    if (rule == -1) {
        for (i = s->pool_size - 1; i > 0; i--) {
            j = lm_below(s, (int32_t)i + 1);
            order = s->pool[i];
            s->pool[i] = s->pool[j];
            s->pool[j] = order;
        }
        return;
    }
    for (i = 0; i < s->pool_size; i++) {
        order = s->pool[i];
        s->key[order] = rule < 0 ? -s->absence[order] * p->weight[order] : p->rank[(int64_t)rule * p->orders + order];
        for (j = i; j > 0 && s->key[s->pool[j - 1]] > s->key[order]; j--)
            s->pool[j] = s->pool[j - 1];
        s->pool[j] = order;
    }
}

LM_INLINE void leave_out(lm_state *s, int32_t order)
{
    if (s->absent_at[order] < 0)
        lm_add_absent(s, order);
}

LM_INLINE void put_in(lm_state *s, int32_t left, int32_t order)
{
    int32_t vehicle = s->link[left].route;
    if (s->absent_at[order] >= 0)
        drop_absent(s, order);
    lm_touch(s, vehicle);
    lm_insert(s, left, order);
    lm_refresh(s, vehicle, (lm_change){order, order, order, order});
    lm_note_use(s, vehicle);
}

/* Both halves of a shipment, or none. */
static __attribute__((noinline)) void put_pair(lm_state *s, int32_t pickup, int32_t delivery)
{
    lm_pair pair = lm_cheapest_pair(s, pickup, delivery);
    if (pair.left < 0) {
        leave_out(s, pickup);
        leave_out(s, delivery);
    } else {
        put_in(s, pair.left, pickup);
        put_in(s, pair.left_delivery, delivery);
    }
}

/* Put the orders of the pool back, each at its cheapest gap unless leaving it out costs less. */
static void recreate(lm_state *s)
{
    int64_t i;
    sort_pool(s);
    s->force = lm_below(s, 10) == 0;
    for (i = 0; i < s->pool_size; i++) {
        int32_t order = s->pool[i];
        lm_gap gap;
        if (s->p->company && s->p->partner[order] >= 0) {
            if (s->p->pickup[order])
                put_pair(s, order, s->p->partner[order]);
            continue;
        }
        gap = lm_cheapest_gap(s, order);
        if (gap.left >= 0)
            put_in(s, gap.left, order);
        else
            leave_out(s, order);
    }
}

/* Cost of the plan after the step, given s->units before it. */
static int64_t new_units(lm_state *s)
{
    int64_t units = s->units + (s->apart - s->old_apart) * *s->p->tidy_units, i;
    for (i = 0; i < s->touched_size; i++) {
        lm_route *route = &s->route[s->touched[i]];
        route->units = lm_route_units(s, s->touched[i]);
        units += route->units - s->old_route[s->touched[i]].units;
    }
    for (i = 0; i < s->pool_size; i++) {
        int32_t order = s->pool[i];
        units += s->absent_at[order] >= 0 ? s->p->penalty[order] : 0;
        units -= s->was_absent[order] == s->steps ? s->p->penalty[order] : 0;
    }
    return units;
}

/* Absence counters: how much harder to place the orders are that the step leaves out, compared with those it
 * brings in. Below 0, a search for a complete plan goes along whatever it costs. */
static int64_t absence_change(lm_state *s)
{
    int64_t change = 0, i;
    for (i = 0; i < s->pool_size; i++) {
        int32_t order = s->pool[i];
        int64_t worth = s->absence[order] * s->p->weight[order];
        change += s->absent_at[order] >= 0 ? worth : 0;
        change -= s->was_absent[order] == s->steps ? worth : 0;
    }
    for (i = 0; i < s->pool_size; i++)
        s->absence[s->pool[i]] += s->absent_at[s->pool[i]] >= 0;
    return change;
}

static void undo_step(lm_state *s)
{
    int64_t i;
    lm_restore_all(s);
    for (i = 0; i < s->pool_size; i++) {
        int32_t order = s->pool[i];
        if (s->was_absent[order] == s->steps) {
            if (s->absent_at[order] < 0)
                lm_add_absent(s, order);
        } else if (s->absent_at[order] >= 0) {
            drop_absent(s, order);
        }
    }
}

void lm_save_best(lm_state *s)
{
    int32_t x;
    s->best_units = s->units;
    for (x = 0; x < s->p->orders + s->p->vehicles; x++)
        s->best_next[x] = s->link[x].next;
}

/* All marks of earlier steps are forgotten: once at the beginning, and when the short step number runs over. */
static void forget_marks(lm_state *s)
{
    int32_t i;
    for (i = 0; i < s->p->orders + 2 * s->p->vehicles; i++)
        s->link[i].saved = 0;
    for (i = 0; i < s->p->vehicles; i++)
        s->route[i].touched = 0;
    s->step = 0;
}

static void begin_step(lm_state *s)
{
    if (s->step == UINT32_MAX)
        forget_marks(s);
    s->step++;
    s->pool_size = s->touched_size = s->saved_size = 0;
    s->old_apart = s->apart;
}

/* A plan from what is there and the orders on no route. */
void lm_construct(lm_state *s)
{
    int64_t i;
    begin_step(s);
    for (i = 0; i < s->absent_size; i++)
        add_to_pool(s, s->absent[i]);
    recreate(s);
    s->units = new_units(s);
}

/* A better plan is always taken, a worse one with the probability of annealing. */
static int is_accepted(lm_state *s, int64_t units, int64_t temperature)
{
    return units < s->units || (temperature && units < s->units + (int64_t)((double)temperature * minus_log(s)));
}

/* Do `steps` steps. `chase`: while orders are missing, go for a complete plan whatever it costs. */
void lm_run(void *arena, int64_t steps, int64_t temperature, int32_t chase)
{
    lm_state *s = (lm_state *)arena;
    for (; steps > 0; steps--) {
        int64_t units, change, missing = s->missing;
        s->steps++;
        begin_step(s);
        call_absent(s, ruin(s));
        recreate(s);
        units = new_units(s);
        change = absence_change(s);
        if (is_accepted(s, units, temperature) || (chase && missing && change < 0)) {
            s->units = units;
            if (units < s->best_units)
                lm_save_best(s);
            if (units <= s->watch)
                lm_keep_routes(s);
        } else {
            undo_step(s);
        }
    }
}
