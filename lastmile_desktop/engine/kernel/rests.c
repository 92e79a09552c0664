/* Breaks with windows, and the days that only a walk along the whole route can tell. */
#include "kernel.h"

/* Take the next breaks now where that is earlier, or as early with less lateness to pay (`late`). */
static uint32_t rest_late(const lm_problem *p, int32_t vehicle, int32_t *time, int64_t *late)
{
    int64_t row = (int64_t)vehicle * p->rests;
    uint32_t taken = 0;
    int32_t k, start, end;
    for (k = 0; k < p->rest_count[vehicle]; k++) {
        start = lm_later(time[k], p->rest_earliest[row + k]);
        end = start + p->rest_seconds[row + k];
        if (start <= p->rest_latest[row + k] && (end < time[k + 1] || (end == time[k + 1] && late[k] < late[k + 1]))) {
            time[k + 1] = end;
            late[k + 1] = late[k];
            taken |= (uint32_t)1 << k;
        }
    }
    return taken;
}

/* Earliest moments at the end of the route by breaks taken; where they were taken is left in rest_mark. */
static void earliest(lm_state *s, int32_t vehicle, int32_t *time, int64_t *late)
{
    const lm_problem *p = s->p;
    int32_t begin = p->orders + vehicle, end = begin + p->vehicles, count = p->rest_count[vehicle], x, k;
    time[0] = s->time[begin].leave;
    for (k = 1; k <= count; k++)
        time[k] = lm_leave(s, begin)[k];
    for (k = 0; k <= count; k++)
        late[k] = 0;
    for (x = begin; x != end; x = s->link[x].next) {
        if (x != begin)
            for (k = 0; k <= count; k++) {
                int32_t start = time[k] < LM_NEVER ? lm_begin(s, x, time[k]) : LM_NEVER;
                time[k] = start < LM_NEVER ? start + lm_service(s, x) : LM_NEVER;
                if (p->soft && start < LM_NEVER)
                    late[k] += lm_late_units(p, x, start);
            }
        if (count)
            s->rest_mark[2 * x] = rest_late(p, vehicle, time, late);
        for (k = 0; k <= count; k++)
            if (time[k] < LM_NEVER)
                time[k] = lm_reach(p, time[k], s->time[x].drive, s->place[x], s->place[s->link[x].next]);
        if (count)
            s->rest_mark[2 * x + 1] = rest_late(p, vehicle, time, late);
    }
}

/* The earliest return, LM_NEVER when there is none; *best is the number of breaks taken on the way. */
static int32_t earliest_return(const lm_problem *p, int32_t vehicle, const int32_t *time, const int64_t *late,
                               int32_t *best)
{
    int64_t row = (int64_t)vehicle * p->rests;
    int32_t count = p->rest_count[vehicle], end_time = LM_NEVER, k, r, fit, back;
    for (k = count; k >= 0; k--) { /* at equal ends the least lateness, then the fewest breaks on the way */
        back = lm_later(time[k], p->earliest_end[vehicle]);
        if (time[k] >= LM_NEVER || back > p->latest_end[vehicle] || back > end_time ||
            (back == end_time && late[k] > late[*best]))
            continue;
        for (fit = 1, r = k; r < count; r++) /* the others must fit in after the return */
            fit &= p->rest_latest[row + r] >= back;
        if (fit) {
            end_time = back;
            *best = k;
        }
    }
    return end_time;
}

/* The breaks of a set, in order, as late as they may be to be over by `bound`; or as early from `bound` on. */
static int32_t rest_before(const lm_problem *p, int32_t vehicle, uint32_t set, int32_t bound)
{
    int64_t row = (int64_t)vehicle * p->rests;
    int32_t k;
    for (k = p->rest_count[vehicle] - 1; k >= 0; k--)
        if (set >> k & 1)
            bound = lm_earlier(bound - p->rest_seconds[row + k], p->rest_latest[row + k]);
    return bound;
}
static int32_t rest_from(const lm_problem *p, int32_t vehicle, uint32_t set, int32_t bound)
{
    int64_t row = (int64_t)vehicle * p->rests;
    int32_t k;
    for (k = 0; k < p->rest_count[vehicle]; k++)
        if (set >> k & 1)
            bound = lm_later(bound, p->rest_earliest[row + k]) + p->rest_seconds[row + k];
    return bound;
}

/* Of all marks only those of the way that takes `taken` breaks; gives how many are over before the departure. */
static int32_t choose(lm_state *s, int32_t vehicle, int32_t taken)
{
    int32_t begin = s->p->orders + vehicle, x, side;
    for (x = s->link[begin + s->p->vehicles].prev;; x = s->link[x].prev) {
        for (side = 1; side >= 0; side--) {
            uint32_t mark = s->rest_mark[2 * x + side], kept = 0;
            for (; taken > 0 && (mark >> (taken - 1) & 1); taken--)
                kept |= (uint32_t)1 << (taken - 1);
            s->rest_mark[2 * x + side] = kept;
        }
        if (x == begin)
            return taken;
    }
}

/* Where services begin on the earliest way with the chosen breaks; units for the lateness. */
static int64_t begin_services(lm_state *s, int32_t vehicle, int32_t time)
{
    const lm_problem *p = s->p;
    int32_t begin = p->orders + vehicle, end = begin + p->vehicles, count = p->rest_count[vehicle], x, next;
    int64_t late = 0;
    for (x = begin; (next = s->link[x].next) != end; x = next) {
        if (count)
            time = rest_from(p, vehicle, s->rest_mark[2 * x], time);
        time = lm_reach(p, time, s->time[x].drive, s->place[x], s->place[next]);
        if (count)
            time = rest_from(p, vehicle, s->rest_mark[2 * x + 1], time);
        s->begins[next] = lm_begin(s, next, time);
        late += lm_late_units(p, next, s->begins[next]);
        time = s->begins[next] + lm_service(s, next);
    }
    return late;
}

/* The latest start of a service not after `bound` that is not later than on the earliest way. An order that may
 * be late stays in the window of that way, and is not later behind its end. */
static int32_t latest_begin(const lm_state *s, int32_t order, int32_t bound)
{
    const lm_problem *p = s->p;
    int64_t row = (int64_t)order * p->windows;
    int32_t w = 0, soft = 0, start;
    for (w = 0; p->soft && w < p->window_count[order]; w++)
        soft |= p->due[row + w] != p->window_end[row + w];
    if (!soft)
        return lm_latest(s, order, bound);
    start = s->begins[order];
    for (w = 0; w + 1 < p->window_count[order] && start > p->window_end[row + w]; w++)
        ;
    return lm_later(start, lm_earlier(bound, p->due[row + w]));
}

/* The day exactly as the timetable computes it: the earliest return, then the latest departure for it.
 * The route must be feasible. */
lm_day lm_walk(lm_state *s, int32_t vehicle)
{
    const lm_problem *p = s->p;
    int32_t begin = p->orders + vehicle, end = begin + p->vehicles, count = p->rest_count[vehicle], x, skipped = 0;
    int32_t bound, departure, time[LM_MAX_RESTS + 1];
    int64_t late[LM_MAX_RESTS + 1];
    lm_day day = {LM_NEVER, LM_NEVER, 0};
    earliest(s, vehicle, time, late);
    day.end = earliest_return(p, vehicle, time, late, &skipped);
    if (day.end == LM_NEVER)
        return day;
    if (count)
        skipped = choose(s, vehicle, skipped);
    departure = skipped ? lm_leave(s, begin)[skipped] : s->time[begin].leave;
    if (p->soft)
        day.late = begin_services(s, vehicle, departure);
    bound = day.end;
    for (x = s->link[end].prev;; x = s->link[x].prev) { /* x is the start of the leg */
        if (count)
            bound = rest_before(p, vehicle, s->rest_mark[2 * x + 1], bound);
        bound = lm_set_out(p, bound, s->time[x].drive, s->place[x], s->place[s->link[x].next]);
        if (count)
            bound = rest_before(p, vehicle, s->rest_mark[2 * x], bound);
        if (x == begin)
            break;
        bound = latest_begin(s, x, bound - lm_service(s, x));
    }
    bound = lm_later(bound, departure);
    day.seconds = day.end - lm_earlier(bound, lm_later(departure, p->latest_start[vehicle]));
    return day;
}
