/* Who goes with whom: shipments, orders of one van, first and last, before others, wishes and tidy areas. */
#include "kernel.h"

/* The vehicle of the planned orders of this order's group, -1 where the group may go anywhere. */
int32_t lm_home(const lm_state *s, int32_t order)
{
    const lm_problem *p = s->p;
    int32_t group = p->group[order], i;
    if (group >= 0)
        for (i = p->group_at[group]; i < p->group_at[group + 1]; i++)
            if (s->link[p->group_order[i]].route >= 0)
                return s->link[p->group_order[i]].route;
    return -1;
}

/* May the order stand between these two? The routes themselves are in sequence, so neighbours tell: those of the
 * whole day, because a reload is not an order. */
int lm_sequence_fits(const lm_state *s, int32_t order, int32_t vehicle, int32_t left, int32_t right)
{
    const lm_problem *p = s->p;
    int32_t i;
    if (right < p->orders && p->sealed[right])
        return 0;
    for (i = p->relation_at[order]; i < p->relation_at[order + 1]; i++) {
        int32_t other = p->relation[i] >> 1, is_later = p->relation[i] & 1;
        if (s->link[other].route == vehicle && (s->index[left] >= s->index[other]) == is_later)
            return 0;
    }
    while (p->marks && left >= p->real && left < p->orders)
        left = s->link[left].prev;
    while (p->marks && right >= p->real && right < p->orders)
        right = s->link[right].next;
    if (p->marks && ((left < p->orders && p->mark[left] > p->mark[order]) ||
                     (right < p->orders && p->mark[right] < p->mark[order])))
        return 0;
    return 1;
}

/* Near orders that are planned on another route than `vehicle`, for good (-2) or not. */
int64_t lm_apart(const lm_state *s, int32_t order, int32_t vehicle)
{
    const lm_problem *p = s->p;
    int64_t apart = 0;
    int32_t i;
    for (i = p->tidy_at[order]; i < p->tidy_at[order + 1]; i++) {
        int32_t route = s->link[p->tidy_order[i]].route;
        apart += route != -1 && route != vehicle;
    }
    return apart;
}

/* The order comes (1) or goes (-1). */
void lm_count_company(lm_state *s, int32_t order, int32_t vehicle, int32_t sign)
{
    s->route[vehicle].legs += sign * s->p->wish[(int64_t)order * s->p->vehicles + vehicle];
    s->apart += sign * lm_apart(s, order, vehicle);
}

void lm_number_route(lm_state *s, int32_t vehicle)
{
    int32_t x = s->p->orders + vehicle, place = 0;
    if (!s->p->relations)
        return;
    for (; x < s->p->orders + s->p->vehicles && (place == 0 || x < s->p->orders); x = s->link[x].next)
        s->index[x] = place++;
}

static int take_off(lm_state *s, int32_t vehicle, int32_t order)
{
    int32_t left = s->link[order].prev, right = s->link[order].next;
    if (s->link[order].route != vehicle || s->p->locked[order])
        return 0;
    lm_leave_route(s, order);
    lm_connect(s, left, right);
    s->pool[s->pool_size++] = order;
    return 1;
}

/* Orders were taken off this route (in the pool, beginning at `from`): take the other halves of shipments off too,
 * and half of the time a whole group, which could not move otherwise. Returns whether any came. */
int lm_take_company(lm_state *s, int32_t vehicle, int64_t from)
{
    const lm_problem *p = s->p;
    int64_t i;
    int32_t k;
    int taken = 0;
    for (i = from; i < s->pool_size; i++) {
        int32_t order = s->pool[i], group = p->group[order];
        if (p->partner[order] >= 0)
            taken |= take_off(s, vehicle, p->partner[order]);
        if (group >= 0 && lm_below(s, 2) == 0)
            for (k = p->group_at[group]; k < p->group_at[group + 1]; k++)
                taken |= take_off(s, vehicle, p->group_order[k]);
    }
    if (taken && p->reloads[vehicle])
        lm_clear_end(s, vehicle);
    return taken;
}
