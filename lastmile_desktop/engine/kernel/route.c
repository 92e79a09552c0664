/* One route: its links and legs, what each node knows about the stretch before and behind it, and its cost. */
#include "kernel.h"

static void set_leg(lm_state *s, int32_t from, int32_t to)
{
    const lm_problem *p = s->p;
    lm_node *node = &s->node[from];
    int64_t cell = (int64_t)node->place * p->places + s->node[to].place;
    s->route[node->route].metres += p->metres[cell] - node->metres;
    node->metres = p->metres[cell];
    node->drive = p->seconds[cell];
}

/* Put an order behind `left`. The route must be refreshed afterwards. */
void lm_link(lm_state *s, int32_t left, int32_t order)
{
    const lm_problem *p = s->p;
    int32_t right = s->node[left].next, vehicle = s->node[left].route, d;
    s->node[left].next = s->node[right].prev = order;
    s->node[order].prev = left;
    s->node[order].next = right;
    s->node[order].route = vehicle;
    s->node[order].metres = 0;
    set_leg(s, left, order);
    set_leg(s, order, right);
    s->route[vehicle].stops++;
    for (d = 0; d < p->dims && !(p->mixed && p->pickup[order]); d++)
        s->load[(int64_t)vehicle * p->dims + d] += p->demand[(int64_t)order * p->dims + d];
}

/* Take an order off its route. The route must be refreshed afterwards. */
void lm_unlink(lm_state *s, int32_t order)
{
    const lm_problem *p = s->p;
    lm_node *node = &s->node[order];
    int32_t left = node->prev, right = node->next, vehicle = node->route, d;
    s->node[left].next = right;
    s->node[right].prev = left;
    s->route[vehicle].metres -= node->metres;
    set_leg(s, left, right);
    node->route = -1;
    if (--s->route[vehicle].stops == 0) { /* a vehicle that stays at home drives nothing */
        s->route[vehicle].metres = 0;
        s->node[left].metres = 0;
    }
    for (d = 0; d < p->dims && !(p->mixed && p->pickup[order]); d++)
        s->load[(int64_t)vehicle * p->dims + d] -= p->demand[(int64_t)order * p->dims + d];
}

/* Largest load on board on the legs up to and from each gap, where deliveries and pickups mix. */
static void refresh_loads(lm_state *s, int32_t vehicle)
{
    const lm_problem *p = s->p;
    int32_t begin = p->orders + vehicle, end = begin + p->vehicles, dims = p->dims, x, d;
    int64_t *before = s->peak_before + (int64_t)begin * dims, *after = s->peak_after + (int64_t)begin * dims;
    const int64_t *amount;
    int64_t aboard[3];
    for (d = 0; d < dims; d++)
        aboard[d] = before[d] = after[d] = s->load[(int64_t)vehicle * dims + d];
    for (x = s->node[begin].next; x != end; x = s->node[x].next) {
        const int64_t *most = before;
        before = s->peak_before + (int64_t)x * dims;
        after = s->peak_after + (int64_t)x * dims;
        amount = p->demand + (int64_t)x * dims;
        for (d = 0; d < dims; d++) {
            aboard[d] += p->pickup[x] ? amount[d] : -amount[d];
            before[d] = lm_most(most[d], aboard[d]);
            after[d] = aboard[d];
        }
    }
    for (x = s->node[end].prev; x != begin; x = s->node[x].prev) {
        const int64_t *most = after;
        after = s->peak_after + (int64_t)s->node[x].prev * dims;
        for (d = 0; d < dims; d++)
            after[d] = lm_most(after[d], most[d]);
    }
}

/* Earliest departures and the stretch from the depot, from node `first` on. */
static void refresh_forward(lm_state *s, int32_t vehicle, int32_t first)
{
    const lm_problem *p = s->p;
    int32_t end = p->orders + p->vehicles + vehicle, stride = p->rests + 1, count = p->rest_count[vehicle];
    int32_t x, k;
    int64_t time[LM_MAX_RESTS + 1];
    for (x = first; x != end; x = s->node[x].next) {
        int32_t before = s->node[x].prev, drive = s->node[before].drive;
        int64_t *leave = s->leave + (int64_t)x * stride;
        for (k = 0; k <= count; k++)
            time[k] = s->leave[(int64_t)before * stride + k];
        if (count)
            lm_rest(p, vehicle, time);
        for (k = 0; k <= count; k++)
            if (time[k] < LM_NEVER)
                time[k] += drive;
        if (count)
            lm_rest(p, vehicle, time);
        for (k = 0; k <= count; k++) {
            int64_t start = time[k] < LM_NEVER ? lm_service_start(p, x, time[k]) : LM_NEVER;
            leave[k] = start < LM_NEVER ? start + p->service[x] : LM_NEVER;
        }
        if (p->needs_seconds[vehicle]) {
            lm_span before_span = s->node[before].head;
            s->node[x].head = lm_join(before_span, drive, lm_visit(p, x, before_span, drive));
        }
    }
}

/* Latest moments with k breaks behind, given those without taking another break here. */
static void rest_backward(const lm_problem *p, int32_t vehicle, int64_t *time)
{
    int64_t row = (int64_t)vehicle * p->rests, start;
    int32_t k;
    for (k = p->rest_count[vehicle] - 1; k >= 0; k--) {
        start = lm_least(p->rest_latest[row + k], time[k + 1] - p->rest_seconds[row + k]);
        if (start >= p->rest_earliest[row + k])
            time[k] = lm_most(time[k], start);
    }
}

static int64_t latest_service(const lm_problem *p, int32_t order, int64_t time)
{
    int64_t row = (int64_t)order * p->windows;
    int32_t w;
    for (w = p->window_count[order] - 1; w >= 0; w--)
        if (p->window_start[row + w] <= time)
            return lm_least(p->window_end[row + w], time);
    return -LM_NEVER;
}

/* Latest arrivals and the stretch to the depot, from node `last` back to the first one. */
static void refresh_backward(lm_state *s, int32_t vehicle, int32_t last)
{
    const lm_problem *p = s->p;
    int32_t stride = p->rests + 1, count = p->rest_count[vehicle], begin = p->orders + vehicle, x, k;
    int64_t time[LM_MAX_RESTS + 1];
    for (x = last; x != begin; x = s->node[x].prev) {
        int32_t after = s->node[x].next, drive = s->node[x].drive;
        int64_t *due = s->due + (int64_t)x * stride;
        for (k = 0; k <= count; k++)
            time[k] = s->due[(int64_t)after * stride + k] - drive;
        if (count)
            rest_backward(p, vehicle, time);
        for (k = 0; k <= count; k++)
            due[k] = latest_service(p, x, time[k] - p->service[x]);
        if (count)
            rest_backward(p, vehicle, due);
        if (p->needs_seconds[vehicle]) {
            lm_span visit = lm_visit(p, x, s->node[s->node[x].prev].head, s->node[s->node[x].prev].drive);
            s->node[x].tail = lm_join(visit, drive, s->node[after].tail);
        }
    }
}

/* Bring a route up to date; orders before `first` and behind `last` have not changed. (With several windows the
 * stretches behind may then stand for another window than will be used: they are estimates there, see `exact`.) */
void lm_refresh(lm_state *s, int32_t vehicle, int32_t first, int32_t last)
{
    const lm_problem *p = s->p;
    int32_t begin = p->orders + vehicle;
    if (p->mixed)
        refresh_loads(s, vehicle);
    if (!p->timed)
        return;
    refresh_forward(s, vehicle, first);
    refresh_backward(s, vehicle, last);
    if (p->needs_seconds[vehicle]) {
        lm_span all = lm_join(s->node[begin].head, s->node[begin].drive, s->node[s->node[begin].next].tail);
        s->route[vehicle].seconds = s->route[vehicle].stops ? all.length : 0;
    }
}

/* What never changes: departures after the breaks that end before it, and the latest returns. */
void lm_refresh_depots(lm_state *s, int32_t vehicle)
{
    const lm_problem *p = s->p;
    int32_t stride = p->rests + 1, count = p->rest_count[vehicle], k;
    int32_t begin = p->orders + vehicle, end = begin + p->vehicles;
    int64_t row = (int64_t)vehicle * p->rests, departure = p->earliest_start[vehicle], bound;
    int64_t *leave = s->leave + (int64_t)begin * stride, *due = s->due + (int64_t)end * stride;
    for (k = 0; k <= count; k++) {
        if (k)
            departure = lm_most(departure, p->rest_earliest[row + k - 1] + p->rest_seconds[row + k - 1]);
        leave[k] = departure <= lm_most(p->latest_start[vehicle], p->earliest_start[vehicle]) ? departure : LM_NEVER;
    }
    bound = p->latest_end[vehicle];
    for (k = count; k >= 0; k--) { /* breaks not taken by then must fit in after the return */
        if (k < count)
            bound = lm_least(bound, p->rest_latest[row + k]);
        due[k] = bound >= p->earliest_end[vehicle] ? bound : -LM_NEVER;
    }
    if (count)
        rest_backward(p, vehicle, due);
    s->node[begin].head = (lm_span){0, p->earliest_start[vehicle], p->latest_start[vehicle]};
    s->node[end].tail = (lm_span){0, p->earliest_end[vehicle], p->latest_end[vehicle]};
}

/* Duration exactly as the timetable computes it: the earliest return, then the latest departure for it.
 * The route must be feasible. */
int64_t lm_exact_seconds(lm_state *s, int32_t vehicle)
{
    const lm_problem *p = s->p;
    int32_t begin = p->orders + vehicle, end = begin + p->vehicles, stride = p->rests + 1;
    int32_t count = p->rest_count[vehicle], x, k, best = count, skipped;
    int64_t row = (int64_t)vehicle * p->rests, time[LM_MAX_RESTS + 1], end_time = LM_NEVER, bound, departure;
    int last_breaks_fit = 1;
    for (k = 0; k <= count; k++)
        time[k] = s->leave[(int64_t)begin * stride + k];
    for (x = begin; x != end; x = s->node[x].next) {
        if (x != begin)
            for (k = 0; k <= count; k++) {
                int64_t start = time[k] < LM_NEVER ? lm_service_start(p, x, time[k]) : LM_NEVER;
                time[k] = start < LM_NEVER ? start + p->service[x] : LM_NEVER;
            }
        s->rest_mark[2 * x] = lm_rest(p, vehicle, time);
        for (k = 0; k <= count; k++)
            if (time[k] < LM_NEVER)
                time[k] += s->node[x].drive;
        s->rest_mark[2 * x + 1] = lm_rest(p, vehicle, time);
    }
    for (k = count; k >= 0; k--) { /* at equal ends the fewest breaks on the way */
        int64_t back = lm_most(time[k], p->earliest_end[vehicle]);
        if (time[k] < LM_NEVER && back <= p->latest_end[vehicle]) {
            last_breaks_fit = 1;
            for (x = k; x < count; x++)
                last_breaks_fit &= p->rest_latest[row + x] >= back;
            if (last_breaks_fit && back <= end_time) {
                end_time = back;
                best = k;
            }
        }
    }
    if (end_time == LM_NEVER)
        return LM_NEVER;
    bound = end_time;
    skipped = best;
    for (x = s->node[end].prev;; x = s->node[x].prev) { /* x is the start of the leg */
        for (; skipped > 0 && (s->rest_mark[2 * x + 1] >> (skipped - 1) & 1); skipped--)
            bound = lm_least(bound - p->rest_seconds[row + skipped - 1], p->rest_latest[row + skipped - 1]);
        bound -= s->node[x].drive;
        for (; skipped > 0 && (s->rest_mark[2 * x] >> (skipped - 1) & 1); skipped--)
            bound = lm_least(bound - p->rest_seconds[row + skipped - 1], p->rest_latest[row + skipped - 1]);
        if (x == begin)
            break;
        bound = latest_service(p, x, bound - p->service[x]);
    }
    departure = s->leave[(int64_t)begin * stride + skipped];
    bound = lm_most(bound, departure);
    return end_time - lm_least(bound, lm_most(departure, p->latest_start[vehicle]));
}

/* Cost of a feasible route; 0 for a vehicle that stays at home. */
int64_t lm_route_units(lm_state *s, int32_t vehicle)
{
    const lm_problem *p = s->p;
    const lm_route *route = &s->route[vehicle];
    int64_t seconds = 0;
    if (!route->stops)
        return 0;
    if (p->timed && p->second_units[vehicle])
        seconds = p->exact[vehicle] ? lm_exact_seconds(s, vehicle) : route->seconds;
    return p->fixed_units[vehicle] + route->metres * p->metre_units[vehicle] + seconds * p->second_units[vehicle];
}

/* Where the legs obey no triangle rule, taking stops out can break a rule too. */
int lm_keeps_limits(lm_state *s, int32_t vehicle)
{
    const lm_problem *p = s->p;
    const lm_route *route = &s->route[vehicle];
    int32_t begin = p->orders + vehicle, end = begin + p->vehicles, stride = p->rests + 1, x, k;
    int64_t time[LM_MAX_RESTS + 1];
    int fits = 0;
    if (!route->stops)
        return 1;
    if (route->metres > p->max_metres[vehicle])
        return 0;
    if (!p->timed)
        return 1;
    if (p->no_way)
        for (x = begin; x != end; x = s->node[x].next)
            if (s->node[x].drive >= LM_NO_WAY)
                return 0;
    for (k = 0; k <= p->rest_count[vehicle]; k++)
        time[k] = s->leave[(int64_t)begin * stride + k];
    lm_rest(p, vehicle, time);
    for (k = 0; k <= p->rest_count[vehicle]; k++)
        fits |= time[k] + s->node[begin].drive <= s->due[(int64_t)s->node[begin].next * stride + k];
    if (!fits || p->max_seconds[vehicle] >= LM_NEVER)
        return fits;
    return (p->exact[vehicle] ? lm_exact_seconds(s, vehicle) : route->seconds) <= p->max_seconds[vehicle];
}
