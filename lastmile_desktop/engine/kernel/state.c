/* The arena: laying out the state, filling it from a plan, going back to the best plan and reading it. */
#include "kernel.h"

typedef struct {
    char *base;
    int64_t used;
} lm_layout;

static void *take(lm_layout *layout, int64_t count, int64_t size)
{
    void *here = layout->base ? layout->base + layout->used : 0;
    layout->used += (count * size + 15) / 16 * 16;
    return here;
}

/* The same walk measures the arena (base 0) and hands out its parts. */
static void lay_out(lm_layout *layout, const lm_problem *p, lm_state *s)
{
    int64_t n = p->orders, m = p->vehicles, nodes = n + 2 * m;
    take(layout, 1, sizeof(lm_state));
    s->node = take(layout, nodes, sizeof(lm_node));
    s->route = take(layout, m, sizeof(lm_route));
    s->leave = take(layout, nodes * (p->rests + 1), sizeof(int64_t));
    s->due = take(layout, nodes * (p->rests + 1), sizeof(int64_t));
    s->load = take(layout, m * p->dims, sizeof(int64_t));
    s->peak_before = take(layout, nodes * p->dims, sizeof(int64_t));
    s->peak_after = take(layout, nodes * p->dims, sizeof(int64_t));
    s->absence = take(layout, n, sizeof(int64_t));
    s->key = take(layout, n, sizeof(int64_t));
    s->was_absent = take(layout, n, sizeof(int64_t));
    s->absent = take(layout, n, sizeof(int32_t));
    s->absent_at = take(layout, n, sizeof(int32_t));
    s->pool = take(layout, n, sizeof(int32_t));
    s->touched = take(layout, m, sizeof(int32_t));
    s->undo = take(layout, n, sizeof(int32_t));
    s->best_next = take(layout, n + m, sizeof(int32_t));
    s->free_list = take(layout, m, sizeof(int32_t));
    s->free_at = take(layout, m, sizeof(int32_t));
    s->class_at = take(layout, p->classes + 1, sizeof(int32_t));
    s->class_free = take(layout, p->classes + 1, sizeof(int32_t));
    s->rest_mark = take(layout, 2 * nodes, sizeof(uint32_t));
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
        s->node[i].route = p->excluded[i] ? -2 : -1;
        s->absent_at[i] = -1;
    }
    s->absent_size = s->missing = s->used = 0;
    for (i = 0; i <= p->classes; i++)
        s->class_free[i] = 0;
    for (i = 0; i < m; i++) {
        int32_t begin = n + i, end = begin + m;
        s->node[begin].next = end;
        s->node[begin].prev = -1;
        s->node[end].prev = begin;
        s->node[end].next = -1;
        s->node[begin].metres = 0;
        s->route[i].stops = s->route[i].metres = s->route[i].seconds = s->route[i].units = 0;
        s->free_at[i] = -1;
        if (p->vehicle_class[i] >= 0) {
            s->free_at[i] = s->class_at[p->vehicle_class[i]] + s->class_free[p->vehicle_class[i]]++;
            s->free_list[s->free_at[i]] = i;
        }
        for (d = 0; d < p->dims; d++)
            s->load[(int64_t)i * p->dims + d] = 0;
    }
    for (i = 0; i < m; i++) {
        lm_refresh_depots(s, i);
        lm_refresh(s, i, n + m + i, n + i);
    }
}

/* Note the orders on no route, and add up the cost of a plan whose routes are linked. */
static void settle(lm_state *s)
{
    const lm_problem *p = s->p;
    int32_t i;
    s->units = 0;
    for (i = 0; i < p->vehicles; i++) {
        lm_refresh(s, i, s->node[p->orders + i].next, s->node[p->orders + p->vehicles + i].prev);
        lm_note_use(s, i);
        s->route[i].units = lm_route_units(s, i);
        s->units += s->route[i].units;
    }
    for (i = 0; i < p->orders; i++)
        if (s->node[i].route == -1) {
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
    lm_random(s);
    s->random += seed;
    lm_random(s);
    s->blink = 1 + lm_below(s, 199);
    for (i = 0; i < p->orders; i++) {
        s->node[i].place = p->order_place[i];
        s->was_absent[i] = -1;
        s->active += !p->excluded[i];
    }
    for (i = 0; i < p->vehicles; i++) {
        s->node[p->orders + i].place = p->start_place[i];
        s->node[p->orders + p->vehicles + i].place = p->end_place[i];
        s->node[p->orders + i].route = s->node[p->orders + p->vehicles + i].route = i;
        s->route[i].touched = -1;
    }
    place_classes(s);
    clear(s);
    for (i = 0; i < p->vehicles; i++)
        for (k = 0; k < start_stops[i]; k++) {
            order = start[at++];
            if (order < 0 || order >= p->orders || s->node[order].route != -1)
                return 3;
            lm_link(s, s->node[p->orders + p->vehicles + i].prev, order);
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
            lm_link(s, s->node[p->orders + p->vehicles + i].prev, *orders++);
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
            order = best ? s->best_next[order] : s->node[order].next;
            if (order >= p->orders)
                break;
            orders[at++] = order;
            stops[i]++;
        }
    }
}
