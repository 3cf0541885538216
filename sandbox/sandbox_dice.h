/* SPDX-License-Identifier: MIT */
/* sandbox_dice.h - chance that falls the same way every time: SplitMix64 (Steele, Lea, Flood 2014). */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct sandbox_dice {
    uint64_t state;
};

static inline uint64_t sandbox_mix(uint64_t x)
{
    x += UINT64_C(0x9e3779b97f4a7c15);
    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
    return x ^ (x >> 31);
}

/* One number of several, so that neighbours have nothing in common. */
static inline uint64_t sandbox_mix2(uint64_t a, uint64_t b)
{
    return sandbox_mix(sandbox_mix(a) ^ b);
}

static inline uint64_t sandbox_roll(struct sandbox_dice *dice)
{
    uint64_t rolled = sandbox_mix(dice->state);

    dice->state += UINT64_C(0x9e3779b97f4a7c15);
    return rolled;
}

/* 0 to n-1; n is small, so the bias does not show. */
static inline unsigned sandbox_roll_below(struct sandbox_dice *dice, unsigned n)
{
    return (unsigned)((sandbox_roll(dice) >> 32) * n >> 32);
}

static inline bool sandbox_chance(struct sandbox_dice *dice, unsigned percent)
{
    return sandbox_roll_below(dice, 100) < percent;
}
