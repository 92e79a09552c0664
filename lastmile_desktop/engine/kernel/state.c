/* The arena: laying out the state, filling it from a plan, going back to the best plan and reading it. */
#include "kernel.h"

#if defined(__SANITIZE_ADDRESS__)
/* Watched by AddressSanitizer, to which the arena is one block: a gap behind each part that nobody may touch. */
#include <sanitizer/asan_interface.h>
#define LM_GAP 64
#define lm_close(from, to) __asan_poison_memory_region((from), (size_t)((to) - (from)))
#else
#define LM_GAP 0
#define lm_close(from, to) ((void)(from))
#endif

typedef struct {
    char *base;
    int64_t used;
} lm_layout;

static void *take(lm_layout *layout, int64_t count, int64_t size)
{
    char *here = layout->base ? layout->base + layout->used : 0;
    layout->used += (count * size + 15) / 16 * 16 + LM_GAP;
    if (here)
        lm_close(here + count * size, layout->base + layout->used);
    return here;
}

/* The same walk measures the arena (base 0) and hands out its parts. */
static void lay_out(lm_layout *layout, const lm_problem *p, lm_state *s)
{
    int64_t n = p->orders, m = p->vehicles, nodes = n + 2 * m;
    take(layout, 1, sizeof(lm_state));
    s->link = take(layout, nodes, sizeof(lm_link));
    s->time = take(layout, nodes, sizeof(lm_time));
    s->spans = take(layout, p->spans ? nodes : 0, sizeof(lm_spans));
    s->row_size = (p->rests ? 2 * (p->rests + 1) : 0) + (p->mixed ? 2 * p->dims : 0);
    s->row = take(layout, nodes * s->row_size, sizeof(int32_t));
    s->place = take(layout, nodes, sizeof(int32_t));
    s->route = take(layout, m, sizeof(lm_route));
    s->index = take(layout, p->relations ? nodes : 0, sizeof(int32_t));
    s->slack = take(layout, m * p->dims, sizeof(int32_t));
    s->absence = take(layout, n, sizeof(int64_t));
    s->key = take(layout, n, sizeof(int64_t));
    s->was_absent = take(layout, n, sizeof(int64_t));
    s->absent = take(layout, n, sizeof(int32_t));
    s->absent_at = take(layout, n, sizeof(int32_t));
    s->pool = take(layout, n, sizeof(int32_t));
    s->touched = take(layout, m, sizeof(int32_t));
    s->best_next = take(layout, n + m, sizeof(int32_t));
    s->free_list = take(layout, m, sizeof(int32_t));
    s->free_at = take(layout, m, sizeof(int32_t));
    s->class_at = take(layout, p->classes + 1, sizeof(int32_t));
    s->class_free = take(layout, p->classes + 1, sizeof(int32_t));
    s->begins = take(layout, p->soft ? nodes : 0, sizeof(int32_t));
    s->rest_mark = take(layout, p->rests ? 2 * nodes : 0, sizeof(uint32_t));
    s->saved_node = take(layout, 2 * nodes, sizeof(int32_t));
    s->saved_link = take(layout, 2 * nodes, sizeof(lm_link));
    s->saved_time = take(layout, 2 * nodes, sizeof(lm_time));
    s->saved_spans = take(layout, p->spans ? 2 * nodes : 0, sizeof(lm_spans));
    s->saved_row = take(layout, 2 * nodes * s->row_size, sizeof(int32_t));
    s->old_route = take(layout, m, sizeof(lm_route));
    s->old_slack = take(layout, m * p->dims, sizeof(int32_t));
}

int64_t lm_abi(void) { return LM_ABI * 1000000 + (int64_t)sizeof(lm_problem); }

int64_t lm_size(const lm_problem *p)
{
    lm_layout layout = {0, 0};
    lm_state measured;
    lay_out(&layout, p, &measured);
    return layout.used;
}

/* All vehicles at home and every order on no route, not even in the list of those. */
static void clear(lm_state *s)
{
    const lm_problem *p = s->p;
    int32_t n = p->orders, m = p->vehicles, i, d;
    for (i = 0; i < n; i++) {
        s->link[i].route = p->excluded[i] ? -2 : -1;
        s->absent_at[i] = -1;
    }
    s->absent_size = s->missing = s->used = 0;
    s->apart = s->old_apart = 0;
    s->saved_size = 0; /* no step is under way: what is saved from here on is never asked for */
    for (i = 0; i <= p->classes; i++)
        s->class_free[i] = 0;
    for (i = 0; i < m; i++) {
        int32_t begin = n + i, end = begin + m;
        lm_link *first = &s->link[begin], *last = &s->link[end];
        first->next = end;
        first->next_place = s->place[end];
        last->prev = begin;
        last->prev_place = s->place[begin];
        first->prev = last->next = -1;
        first->leg_out = last->leg_in = 0;
        s->time[begin].drive = s->time[begin].metres = 0;
        s->route[i].units = s->route[i].legs = s->route[i].metres = 0;
        s->route[i].stops = s->route[i].drive = s->route[i].service = s->route[i].seconds = s->route[i].waiting = 0;
        s->route[i].ends = 0;
        s->route[i].share = 0;
        s->route[i].key = 0;
        s->free_at[i] = -1;
        if (p->vehicle_class[i] >= 0) {
            s->free_at[i] = s->class_at[p->vehicle_class[i]] + s->class_free[p->vehicle_class[i]]++;
            s->free_list[s->free_at[i]] = i;
        }
        for (d = 0; d < p->dims; d++)
            s->slack[(int64_t)i * p->dims + d] = p->capacity[(int64_t)i * p->dims + d];
    }
    for (i = 0; i < m; i++) {
        lm_refresh_depots(s, i);
        lm_refresh_whole(s, i);
    }
}

/* Put an order at the end of a route. */
static void append(lm_state *s, int32_t vehicle, int32_t order)
{
    lm_insert(s, s->link[s->p->orders + s->p->vehicles + vehicle].prev, order);
}

/* Note the orders on no route, and add up the cost of a plan whose routes are linked. */
static void settle(lm_state *s)
{
    const lm_problem *p = s->p;
    int32_t i;
    s->units = s->apart * *p->tidy_units;
    for (i = 0; i < p->vehicles; i++) {
        lm_refresh_whole(s, i);
        lm_note_use(s, i);
        s->route[i].units = lm_route_units(s, i);
        s->units += s->route[i].units;
    }
    for (i = 0; i < p->orders; i++)
        if (s->link[i].route == -1) {
            lm_add_absent(s, i);
            s->units += p->penalty[i];
        }
}

/* The vehicles of each class stand side by side in free_list. */
static void place_classes(lm_state *s)
{
    const lm_problem *p = s->p;
    int32_t c, i, at = 0;
    for (c = 0; c < p->classes; c++) {
        s->class_at[c] = at;
        for (i = 0; i < p->vehicles; i++)
            at += p->vehicle_class[i] == c;
    }
}

int64_t lm_init(void *arena, const lm_problem *p, uint64_t seed, const int32_t *start, const int32_t *start_stops)
{
    lm_state *s = (lm_state *)arena;
    lm_layout layout;
    int32_t i, k, order;
    int64_t at = 0, x;
    if (p->abi != LM_ABI)
        return 1;
    if (p->orders < 1 || p->vehicles < 1 || p->rests > LM_MAX_RESTS || p->windows < 1)
        return 2;
    layout.base = (char *)arena;
    layout.used = 0;
    for (x = lm_size(p) - 1; x >= 0; x--)
        layout.base[x] = 0;
    lay_out(&layout, p, s);
    s->p = p;
    s->mode = lm_mode(p);
    s->watch = -1;
    lm_random(s);
    s->random += seed;
    lm_random(s);
    s->blink = 1 + lm_below(s, 199);
    for (i = 0; i < p->orders; i++) {
        s->place[i] = p->order_place[i];
        s->was_absent[i] = -1;
        s->active += i < p->real && !p->excluded[i];
    }
    for (i = 0; i < p->vehicles; i++) {
        s->place[p->orders + i] = p->start_place[i];
        s->place[p->orders + p->vehicles + i] = p->end_place[i];
        s->link[p->orders + i].route = s->link[p->orders + p->vehicles + i].route = i;
    }
    place_classes(s);
    clear(s);
    for (i = 0; i < p->vehicles; i++)
        for (k = 0; k < start_stops[i]; k++) {
            order = start[at++];
            if (order < 0 || order >= p->orders || s->link[order].route != -1)
                return 3;
            append(s, i, order);
        }
    settle(s);
    lm_save_best(s);
    lm_construct(s);
    if (s->units < s->best_units)
        lm_save_best(s);
    return 0;
}

/* Go on from another plan (which must be feasible); the best one so far is kept. */
void lm_load(void *arena, const int32_t *orders, const int32_t *stops)
{
    lm_state *s = (lm_state *)arena;
    const lm_problem *p = s->p;
    int32_t i, k;
    clear(s);
    for (i = 0; i < p->vehicles; i++)
        for (k = 0; k < stops[i]; k++)
            append(s, i, *orders++);
    settle(s);
    if (s->units < s->best_units)
        lm_save_best(s);
}

int64_t lm_number(const void *arena, int32_t which)
{
    const lm_state *s = (const lm_state *)arena;
    switch (which) {
    case 0: return s->steps;
    case 1: return s->units;
    case 2: return s->best_units;
    case 3: return s->absent_size;
    case 4: return s->missing;
    case 5: return s->used;
    case 6: return s->mode;
    default: return -1;
    }
}

void lm_routes(const void *arena, int32_t best, int32_t *orders, int32_t *stops)
{
    const lm_state *s = (const lm_state *)arena;
    const lm_problem *p = s->p;
    int32_t i, order;
    int64_t at = 0;
    for (i = 0; i < p->vehicles; i++) {
        stops[i] = 0;
        for (order = p->orders + i;;) {
            order = best ? s->best_next[order] : s->link[order].next;
            if (order >= p->orders)
                break;
            if (order >= p->real)
                continue;
            orders[at++] = order;
            stops[i]++;
        }
    }
}
