/* One route: its links and legs, what each node knows about the stretch before and behind it, and its cost. */
#include "kernel.h"

#include <string.h>

/* Keep what a node is before it first changes in this step. */
void lm_save(lm_state *s, int32_t node)
{
    int64_t at;
    if (s->link[node].saved == s->step)
        return;
    at = s->saved_size++;
    s->saved_node[at] = node;
    s->saved_link[at] = s->link[node];
    s->link[node].saved = s->step;
    if (s->p->timed || s->p->limited)
        s->saved_time[at] = s->time[node];
    if (s->p->spans)
        s->saved_spans[at] = s->spans[node];
    if (s->row_size)
        memcpy(s->saved_row + at * s->row_size, s->row + node * s->row_size, (size_t)s->row_size * sizeof(int32_t));
}

static void restore_node(lm_state *s, int64_t at)
{
    int32_t node = s->saved_node[at];
    s->link[node] = s->saved_link[at];
    if (s->p->timed || s->p->limited)
        s->time[node] = s->saved_time[at];
    if (s->p->spans)
        s->spans[node] = s->saved_spans[at];
    if (s->row_size)
        memcpy(s->row + node * s->row_size, s->saved_row + at * s->row_size, (size_t)s->row_size * sizeof(int32_t));
}

/* Keep what a route is before it first changes in this step. */
void lm_touch(lm_state *s, int32_t vehicle)
{
    int64_t row = (int64_t)vehicle * s->p->dims;
    int32_t d;
    if (s->route[vehicle].touched == s->step)
        return;
    s->old_route[vehicle] = s->route[vehicle];
    for (d = 0; d < s->p->dims; d++)
        s->old_slack[row + d] = s->slack[row + d];
    s->route[vehicle].touched = s->step;
    s->touched[s->touched_size++] = vehicle;
}

static void restore_route(lm_state *s, int32_t vehicle)
{
    int64_t row = (int64_t)vehicle * s->p->dims;
    int32_t d;
    s->route[vehicle] = s->old_route[vehicle];
    for (d = 0; d < s->p->dims; d++)
        s->slack[row + d] = s->old_slack[row + d];
    lm_note_use(s, vehicle);
}

/* One route as it was before the step; nothing was inserted yet. It still counts as touched. */
void lm_restore(lm_state *s, int32_t vehicle)
{
    int64_t at;
    for (at = 0; at < s->saved_size; at++)
        if (s->saved_link[at].route == vehicle)
            restore_node(s, at);
    restore_route(s, vehicle);
    lm_number_route(s, vehicle);
    s->route[vehicle].touched = s->step;
}

/* Everything as it was before the step. */
void lm_restore_all(lm_state *s)
{
    int64_t i;
    for (i = 0; i < s->saved_size; i++)
        restore_node(s, i);
    for (i = 0; i < s->touched_size; i++) {
        restore_route(s, s->touched[i]);
        lm_number_route(s, s->touched[i]);
    }
    s->apart = s->old_apart;
}

/* Let `right` follow `left`; legs as given by the tables at `cell`. Both must have been saved. */
static void set_leg(lm_state *s, int32_t left, int32_t right, const int32_t *const *tables, int64_t cell)
{
    const lm_problem *p = s->p;
    lm_link *from = &s->link[left], *to = &s->link[right];
    int32_t vehicle = from->route;
    lm_route *route = &s->route[vehicle];
    int64_t units = p->priced ? tables[0][p->price_kind[vehicle] * (int64_t)p->places * p->places + cell]
                              : lm_leg_units(p, vehicle, tables[1][cell], tables[2][cell]);
    from->next = right;
    from->next_place = s->place[right];
    to->prev = left;
    to->prev_place = s->place[left];
    from->leg_out = to->leg_in = (int32_t)units;
    route->legs += units;
    if (p->timed || p->limited) {
        s->time[left].metres = tables[1][cell];
        s->time[left].drive = tables[2][cell];
        route->metres += s->time[left].metres;
        route->drive += s->time[left].drive;
    }
}

/* Let go of the leg behind a node. */
static void drop_leg(lm_state *s, int32_t left)
{
    lm_route *route = &s->route[s->link[left].route];
    route->legs -= s->link[left].leg_out;
    if (s->p->timed || s->p->limited) {
        route->metres -= s->time[left].metres;
        route->drive -= s->time[left].drive;
    }
}

static void add_load(lm_state *s, int32_t order, int32_t vehicle, int32_t sign)
{
    const lm_problem *p = s->p;
    int32_t d;
    if (order >= p->real)
        return;
    s->route[vehicle].stops += sign;
    s->route[vehicle].key ^= lm_mix((uint64_t)order);
    s->route[vehicle].service += sign * p->visit[order].service;
    if (p->even == 2)
        s->route[vehicle].share += sign * p->even_share[order];
    if (p->company) {
        lm_count_company(s, order, vehicle, sign);
        if (p->partner[order] >= 0)
            return; /* a shipment neither comes from the depot nor goes there */
    }
    for (d = 0; d < p->dims && !(p->mixed && p->pickup[order]); d++)
        s->slack[(int64_t)vehicle * p->dims + d] -= sign * p->demand[(int64_t)order * p->dims + d];
}

/* Put an order behind `left`, on a touched route that must be refreshed afterwards. */
void lm_insert(lm_state *s, int32_t left, int32_t order)
{
    const lm_problem *p = s->p;
    const int32_t *in[3] = {p->leg_in, p->metres_in, p->seconds_in}, *out[3] = {p->leg, p->metres, p->seconds};
    int32_t right = s->link[left].next, vehicle = s->link[left].route;
    int64_t row = (int64_t)s->place[order] * p->places;
    lm_save(s, left);
    lm_save(s, order);
    lm_save(s, right);
    s->link[order].route = vehicle;
    drop_leg(s, left);
    set_leg(s, left, order, in, row + s->place[left]); /* both from the row that was searched just now */
    set_leg(s, order, right, out, row + s->place[right]);
    add_load(s, order, vehicle, 1);
}

/* Take an order off its route. The gap must be closed by lm_connect, and the route refreshed. */
void lm_leave_route(lm_state *s, int32_t order)
{
    int32_t vehicle = s->link[order].route;
    lm_save(s, order);
    drop_leg(s, order);
    add_load(s, order, vehicle, -1);
    s->link[order].route = -1;
}

/* Close the gap between `left`, whose old leg still counts, and `right`. */
void lm_connect(lm_state *s, int32_t left, int32_t right)
{
    const lm_problem *p = s->p;
    const int32_t *out[3] = {p->leg, p->metres, p->seconds};
    lm_save(s, left);
    lm_save(s, right);
    drop_leg(s, left);
    set_leg(s, left, right, out, (int64_t)s->place[left] * p->places + s->place[right]);
    if (s->route[s->link[left].route].stops == 0 && !p->reloads[s->link[left].route]) { /* a vehicle that stays at home drives nothing */
        drop_leg(s, left);
        s->link[left].leg_out = s->link[right].leg_in = 0;
        s->time[left].metres = s->time[left].drive = 0;
    }
}

/* Largest load on board on the legs up to and from each gap, where deliveries and pickups mix. */
static void refresh_loads(lm_state *s, int32_t vehicle)
{
    const lm_problem *p = s->p;
    int32_t begin = p->orders + vehicle, end = begin + p->vehicles, dims = p->dims, x, d;
    const int32_t *amount, *most;
    int32_t *before, *after, aboard[3];
    lm_save(s, begin);
    before = lm_peak_before(s, begin);
    after = lm_peak_after(s, begin);
    for (d = 0; d < dims; d++)
        aboard[d] = before[d] = after[d] =
            p->capacity[(int64_t)vehicle * dims + d] - s->slack[(int64_t)vehicle * dims + d];
    for (x = s->link[begin].next; x != end; x = s->link[x].next) {
        lm_save(s, x);
        most = before;
        before = lm_peak_before(s, x);
        after = lm_peak_after(s, x);
        amount = p->demand + (int64_t)x * dims;
        for (d = 0; d < dims; d++) {
            aboard[d] += p->pickup[x] ? amount[d] : -amount[d];
            before[d] = lm_later(most[d], aboard[d]);
            after[d] = aboard[d];
        }
    }
    for (x = s->link[end].prev; x != begin; x = s->link[x].prev) {
        most = after;
        after = lm_peak_after(s, s->link[x].prev);
        for (d = 0; d < dims; d++)
            after[d] = lm_later(after[d], most[d]);
    }
}

static int same_span(lm_span a, lm_span b) { return a.length == b.length && a.first == b.first && a.last == b.last; }

static int same_row(const int32_t *a, const int32_t *b, int32_t count)
{
    int32_t k;
    for (k = 0; k <= count; k++)
        if (a[k] != b[k])
            return 0;
    return 1;
}

/* Earliest departures and the stretch from the depot, from node `x` on; behind `until` as far as they change. */
static void refresh_forward(lm_state *s, int32_t vehicle, int32_t x, int32_t until)
{
    const lm_problem *p = s->p;
    int32_t orders = p->orders, count = p->rest_count[vehicle], spans = p->needs_seconds[vehicle], fixed = 1, k;
    for (; x < orders; x = s->link[x].next) {
        int32_t before = s->link[x].prev, drive = s->time[before].drive, time[LM_MAX_RESTS + 1];
        lm_span head = {0, 0, 0};
        time[0] = s->time[before].leave;
        if (count) {
            for (k = 1; k <= count; k++)
                time[k] = lm_leave(s, before)[k];
            lm_rest(p, vehicle, time);
            for (k = 0; k <= count; k++)
                if (time[k] < LM_NEVER)
                    time[k] = lm_reach(p, time[k], drive, s->place[before], s->place[x]);
            lm_rest(p, vehicle, time);
        } else if (time[0] < LM_NEVER) {
            time[0] = lm_reach(p, time[0], drive, s->place[before], s->place[x]);
        }
        for (k = 0; k <= count; k++) {
            int32_t start = time[k] < LM_NEVER ? lm_begin(s, x, time[k]) : LM_NEVER;
            time[k] = start < LM_NEVER ? start + lm_service(s, x) : LM_NEVER;
        }
        if (spans)
            head = lm_join(s->spans[before].head, drive, lm_stretch(s, x, s->spans[before].head, drive));
        if (!fixed && s->time[x].leave == time[0] && (!count || same_row(lm_leave(s, x), time, count)) &&
            (!spans || same_span(s->spans[x].head, head)))
            return;
        lm_save(s, x);
        s->time[x].leave = time[0];
        for (k = 0; k <= count && count; k++)
            lm_leave(s, x)[k] = time[k];
        if (spans)
            s->spans[x].head = head;
        if (x == until)
            fixed = 0;
    }
}

/* Latest arrivals and the stretch to the depot, from node `x` back; before `until` as far as they change. */
static void refresh_backward(lm_state *s, int32_t vehicle, int32_t x, int32_t until)
{
    const lm_problem *p = s->p;
    int32_t orders = p->orders, count = p->rest_count[vehicle], spans = p->needs_seconds[vehicle], fixed = 1, k;
    for (; x < orders; x = s->link[x].prev) {
        int32_t before = s->link[x].prev, after = s->link[x].next, drive = s->time[x].drive;
        int32_t due[LM_MAX_RESTS + 1];
        lm_span tail = {0, 0, 0};
        due[0] = lm_set_out(p, s->time[after].due, drive, s->place[x], s->place[after]);
        if (count) {
            for (k = 1; k <= count; k++)
                due[k] = lm_set_out(p, lm_due(s, after)[k], drive, s->place[x], s->place[after]);
            lm_rest_backward(p, vehicle, due);
        }
        for (k = 0; k <= count; k++)
            due[k] = lm_latest(s, x, due[k] - lm_service(s, x));
        if (count)
            lm_rest_backward(p, vehicle, due);
        if (spans) {
            lm_span visit = lm_stretch(s, x, s->spans[before].head, s->time[before].drive);
            tail = lm_join(visit, drive, s->spans[after].tail);
        }
        if (!fixed && s->time[x].due == due[0] && (!count || same_row(lm_due(s, x), due, count)) &&
            (!spans || same_span(s->spans[x].tail, tail)))
            return;
        lm_save(s, x);
        s->time[x].due = due[0];
        for (k = 0; k <= count && count; k++)
            lm_due(s, x)[k] = due[k];
        if (spans)
            s->spans[x].tail = tail;
        if (x == until)
            fixed = 0;
    }
}

/* Bring a touched route up to date after `change`. (With several windows the stretches behind may then stand for
 * another window than will be used: they are estimates there, see `exact`.) */
void lm_refresh(lm_state *s, int32_t vehicle, lm_change change)
{
    const lm_problem *p = s->p;
    lm_route *route = &s->route[vehicle];
    int32_t begin = p->orders + vehicle;
    if (p->reloads[vehicle]) { /* reloads begin and cease to take time */
        lm_refresh_trips(s, vehicle);
        change = (lm_change){s->link[begin].next, s->link[begin + p->vehicles].prev, s->link[begin].next,
                             s->link[begin + p->vehicles].prev};
    } else if (p->mixed) {
        refresh_loads(s, vehicle);
    }
    if (p->relations)
        lm_number_route(s, vehicle);
    if (!p->timed)
        return;
    refresh_forward(s, vehicle, change.first_right, change.last_right);
    refresh_backward(s, vehicle, change.last_left, change.first_left);
    if (p->needs_seconds[vehicle]) {
        lm_span all = lm_join(s->spans[begin].head, s->time[begin].drive, s->spans[s->link[begin].next].tail);
        route->seconds = route->stops ? all.length : 0;
        route->waiting = route->stops ? all.length - route->drive - route->service : 0;
        route->ends = route->stops ? all.first + all.length : 0;
    }
}

void lm_refresh_whole(lm_state *s, int32_t vehicle)
{
    int32_t begin = s->p->orders + vehicle, end = begin + s->p->vehicles;
    lm_change all = {s->link[begin].next, s->link[end].prev, s->link[begin].next, s->link[end].prev};
    lm_refresh(s, vehicle, all);
}

/* What never changes: departures after the breaks that end before it, and the latest returns. */
void lm_refresh_depots(lm_state *s, int32_t vehicle)
{
    const lm_problem *p = s->p;
    int32_t count = p->rest_count[vehicle], k, departure = p->earliest_start[vehicle], bound;
    int32_t begin = p->orders + vehicle, end = begin + p->vehicles;
    int32_t leave[LM_MAX_RESTS + 1], due[LM_MAX_RESTS + 1];
    int64_t row = (int64_t)vehicle * p->rests;
    for (k = 0; k <= count; k++) {
        if (k)
            departure = lm_later(departure, p->rest_earliest[row + k - 1] + p->rest_seconds[row + k - 1]);
        leave[k] = departure <= lm_later(p->latest_start[vehicle], p->earliest_start[vehicle]) ? departure : LM_NEVER;
    }
    bound = p->latest_end[vehicle];
    for (k = count; k >= 0; k--) { /* breaks not taken by then must fit in after the return */
        if (k < count)
            bound = lm_earlier(bound, p->rest_latest[row + k]);
        due[k] = bound >= p->earliest_end[vehicle] ? bound : -LM_NEVER;
    }
    if (count)
        lm_rest_backward(p, vehicle, due);
    for (k = 0; k <= count && count; k++) {
        lm_leave(s, begin)[k] = leave[k];
        lm_due(s, end)[k] = due[k];
    }
    s->time[begin].leave = leave[0];
    s->time[end].due = due[0];
    if (p->spans) {
        s->spans[begin].head = (lm_span){0, p->earliest_start[vehicle], p->latest_start[vehicle]};
        s->spans[end].tail = (lm_span){0, p->earliest_end[vehicle], p->latest_end[vehicle]};
    }
}

/* Cost of a feasible route; 0 for a vehicle that stays at home. */
int64_t lm_route_units(lm_state *s, int32_t vehicle)
{
    const lm_problem *p = s->p;
    const lm_route *route = &s->route[vehicle];
    int64_t units = p->fixed_units[vehicle] + route->legs;
    if (!route->stops)
        return 0;
    if (p->even == 2)
        units += lm_even_units(p, route->share);
    if (p->timed && p->needs_seconds[vehicle]) { /* the drive is paid with the legs; this is all the rest */
        lm_day day = {route->seconds, route->ends, 0};
        if (p->exact[vehicle])
            day = lm_walk(s, vehicle);
        units += (int64_t)(day.seconds - route->drive) * p->second_units[vehicle];
        if (p->extra)
            units += day.late + lm_over_units(p, vehicle, day.end);
        if (p->even == 1)
            units += lm_even_units(p, day.seconds / 60);
    }
    return units;
}

/* Where the legs obey no triangle rule, taking stops out can break a rule too. */
int lm_keeps_limits(lm_state *s, int32_t vehicle)
{
    const lm_problem *p = s->p;
    const lm_route *route = &s->route[vehicle];
    int32_t begin = p->orders + vehicle, end = begin + p->vehicles, count = p->rest_count[vehicle], x, k, first;
    int32_t time[LM_MAX_RESTS + 1];
    int fits = 0;
    if (!route->stops)
        return 1;
    if (route->metres > p->max_metres[vehicle] || (p->reloads[vehicle] && !lm_keeps_trips(s, vehicle)))
        return 0;
    if (!p->timed)
        return 1;
    if (p->no_way)
        for (x = begin; x != end; x = s->link[x].next)
            if (s->time[x].drive >= LM_NO_WAY)
                return 0;
    first = s->link[begin].next;
    if (!count) {
        fits = lm_reach(p, s->time[begin].leave, s->time[begin].drive, s->place[begin], s->place[first]) <=
               s->time[first].due;
    } else {
        for (k = 0; k <= count; k++)
            time[k] = lm_leave(s, begin)[k];
        lm_rest(p, vehicle, time);
        for (k = 0; k <= count; k++)
            fits |= time[k] < LM_NEVER &&
                    lm_reach(p, time[k], s->time[begin].drive, s->place[begin], s->place[first]) <=
                        lm_due(s, first)[k];
    }
    if (!fits || p->max_seconds[vehicle] >= LM_NEVER)
        return fits;
    return (p->exact[vehicle] ? lm_walk(s, vehicle).seconds : route->seconds) <= p->max_seconds[vehicle];
}
