/* Breaks with windows, and the one duration that only a walk along the whole route can tell. */
#include "kernel.h"

/* Earliest moments at the end of the route by breaks taken; where they were taken is left in rest_mark. */
static void walk(lm_state *s, int32_t vehicle, int32_t *time)
{
    const lm_problem *p = s->p;
    int32_t begin = p->orders + vehicle, end = begin + p->vehicles, count = p->rest_count[vehicle], x, k;
    time[0] = s->time[begin].leave;
    for (k = 1; k <= count; k++)
        time[k] = lm_leave(s, begin)[k];
    for (x = begin; x != end; x = s->link[x].next) {
        if (x != begin)
            for (k = 0; k <= count; k++) {
                int32_t start = time[k] < LM_NEVER ? lm_service_start(p, x, time[k]) : LM_NEVER;
                time[k] = start < LM_NEVER ? start + p->visit[x].service : LM_NEVER;
            }
        if (count)
            s->rest_mark[2 * x] = lm_rest(p, vehicle, time);
        for (k = 0; k <= count; k++)
            if (time[k] < LM_NEVER)
                time[k] += s->time[x].drive;
        if (count)
            s->rest_mark[2 * x + 1] = lm_rest(p, vehicle, time);
    }
}

/* The earliest return, LM_NEVER when there is none; *best is the number of breaks taken on the way. */
static int32_t earliest_return(const lm_problem *p, int32_t vehicle, const int32_t *time, int32_t *best)
{
    int64_t row = (int64_t)vehicle * p->rests;
    int32_t count = p->rest_count[vehicle], end_time = LM_NEVER, k, r, fit, back;
    for (k = count; k >= 0; k--) { /* at equal ends the fewest breaks on the way */
        back = lm_later(time[k], p->earliest_end[vehicle]);
        if (time[k] >= LM_NEVER || back > p->latest_end[vehicle] || back > end_time)
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

/* Duration exactly as the timetable computes it: the earliest return, then the latest departure for it.
 * The route must be feasible. */
int32_t lm_exact_seconds(lm_state *s, int32_t vehicle)
{
    const lm_problem *p = s->p;
    int32_t begin = p->orders + vehicle, end = begin + p->vehicles, x, skipped = 0, end_time, bound, departure;
    int64_t row = (int64_t)vehicle * p->rests;
    int32_t time[LM_MAX_RESTS + 1];
    walk(s, vehicle, time);
    end_time = earliest_return(p, vehicle, time, &skipped);
    if (end_time == LM_NEVER)
        return LM_NEVER;
    bound = end_time;
    for (x = s->link[end].prev;; x = s->link[x].prev) { /* x is the start of the leg */
        for (; skipped > 0 && (s->rest_mark[2 * x + 1] >> (skipped - 1) & 1); skipped--)
            bound = lm_earlier(bound - p->rest_seconds[row + skipped - 1], p->rest_latest[row + skipped - 1]);
        bound -= s->time[x].drive;
        for (; skipped > 0 && (s->rest_mark[2 * x] >> (skipped - 1) & 1); skipped--)
            bound = lm_earlier(bound - p->rest_seconds[row + skipped - 1], p->rest_latest[row + skipped - 1]);
        if (x == begin)
            break;
        bound = lm_latest_service(p, x, bound - p->visit[x].service);
    }
    departure = skipped ? lm_leave(s, begin)[skipped] : s->time[begin].leave;
    bound = lm_later(bound, departure);
    return end_time - lm_earlier(bound, lm_later(departure, p->latest_start[vehicle]));
}
