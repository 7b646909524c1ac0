/** @file levels.h
 * @brief From a number that a document states to a level in the composite inventory, and the
 * limits that no level passes unmarked.
 *
 * A document speaks in the terms of its Party's own inventory. Its number becomes a level without
 * LULUCF in those terms by the first *way* that the data allows, is carried over to the composite
 * inventory by the *ratio* of the two, and is held against the *guard*. Rules and reasons:
 * docs/methods.md, "Stated levels".
 */
#ifndef STOCKTAKE_LEVELS_H
#define STOCKTAKE_LEVELS_H

#include <stocktake/quantify.h>

#ifdef __cplusplus
extern "C" {
#endif

/** How the part without LULUCF was found, in the order in which the ways are tried. */
typedef enum stk_way {
    STK_WAY_NONE,      /**< the level rests on no stated number */
    STK_WAY_STATED,    /**< the document states it without LULUCF */
    STK_WAY_PROJECTED, /**< net level less the LULUCF that the document projects for it */
    STK_WAY_BASELINE,  /**< net baseline less its LULUCF; of the cut what is not land use */
    STK_WAY_INVENTORY, /**< LULUCF of the Party's newest own inventory: a sink held, a source cut
                            first */
    STK_WAY_RECORD,    /**< the same with the edition's record of what the Party reports */
    STK_WAY_PER_CENT,  /**< the Party's per cent on the modelled baseline */
    STK_WAYS
} stk_way;

/** "stated", "projected", ... for columns. */
const char *stk_way_name(stk_way way);

/** What a document states of one target and what the Party's inventory adds, Mt CO2e in the
 * document's terms; NaN where absent. */
typedef struct stk_stated {
    bool net;                 /**< level and baseline count LULUCF */
    double level_mt;          /**< stated, or baseline less cut */
    double baseline_mt;       /**< stated */
    double baseline_excl_mt;  /**< the same without LULUCF, where the document has both */
    double projected_land_mt; /**< LULUCF if the target is met */
    double baseline_land_mt;  /**< LULUCF in the baseline */
    double land_cut_mt;       /**< the part of the cut that falls on land use */
    double inventory_land_mt; /**< of the newest own inventory */
    double record_land_mt;    /**< of the edition's record, 2010 or later */
    double emissions_mt;      /**< modelled baseline without LULUCF, in the Party's own terms */
    double reduction_pct;     /**< stated, of the baseline */
    stk_lulucf_source source; /**< what to do with a LULUCF source */
} stk_stated;

/** A level in the document's own terms. */
typedef struct stk_own_level {
    double excl_mt;
    double land_mt;      /**< LULUCF beside it: the net level is their sum; NaN where not known */
    double hold_excl_mt; /**< had a LULUCF source been held */
    double land_baseline_mt; /**< LULUCF without the target; NaN where not known */
} stk_own_level;

/** Find the level without LULUCF by one way, before STK_WAY_PER_CENT.
 * @return false where the way needs what is absent */
bool stk_stated_level(const stk_stated *stated, stk_way way, stk_own_level *level);

/** The per cent below the baseline that the document states, or that follows from its numbers in
 * one scope; NaN where neither. */
double stk_stated_reduction_pct(const stk_stated *stated);

/** The Party's own inventory against the composite one, in the same year, GWP set and gases. */
typedef struct stk_ratio {
    double factor; /**< composite / own; 1 within 5 % of it; NaN where not known */
    bool outside;  /**< not from 0.5 to 2: no factor to trust */
} stk_ratio;

stk_ratio stk_inventory_ratio(double composite_mt, double own_mt);

/** Whether a baseline may be used as stated where no ratio is known: 0.67 to 1.5 of the modelled
 * one. */
bool stk_baseline_is_near(double stated_mt, double modelled_mt);

/** What the guard says of a level, as bits. */
enum {
    STK_GUARD_TOO_LOW = 1,     /**< below 2 % of present: refused */
    STK_GUARD_NOT_BINDING = 2, /**< above twice the baseline and 1.5 times present: the baseline */
    STK_GUARD_STEEP = 4,       /**< falls faster than 10 % a year with four years or more to go */
    STK_GUARD_HIGH = 8,        /**< above 1.3 times the baseline and present */
    STK_GUARD_PARTIAL = 16,    /**< a stated total that covers less than 90 % of emissions */
    STK_GUARD_PARTS = 32       /**< with land use, far from the net level that is stated */
};

/** Hold a level without LULUCF against the limits. Those but the first end with 2039.
 * @param present_mt   emissions in `present_year`, the last one known
 * @param covered      share of emissions that a stated total covers; 1 where none is stated */
unsigned stk_guard(double level_mt, double baseline_mt, double present_mt, int year,
                   int present_year, double covered);

/** The guard's findings in words, "falls by more than 10 % a year"; NULL for none. Of several the
 * gravest. */
const char *stk_guard_words(unsigned findings);

/** The worse of two marks of confidence; A is the best, R the worst. */
const char *stk_worse_mark(const char *a, const char *b);

/** What happened to the level of a row before it became that of its Party, as bits. */
enum {
    STK_THEN_OTHER_ROWS = 1,    /**< rows for other gases or sectors are added */
    STK_THEN_UNCONDITIONAL = 2, /**< stands for the conditional level too */
    STK_THEN_BASELINE = 4,      /**< conditional, and not above the baseline */
    STK_THEN_NOT_BINDING = 8,   /**< so far above the baseline that that counts */
    STK_THEN_OTHER_LAND = 16,   /**< LULUCF is that of another row, which counts it */
    STK_THEN_CAPPED = 32,       /**< at the baseline, by `cap_hot_air` */
    STK_THEN_NO_TARGET = 64,    /**< only a conditional target: as the pathway goes, on an
                                     older target or the baseline */
    STK_THEN_OPEN_PEAK = 128,   /**< a peak without a number before a target with one: as the
                                     pathway goes */
    STK_THEN_NOT_ABOVE = 256,   /**< conditional alone, and not above the unconditional pathway */
    /** Results show where the pathway goes, and not the target's own level. */
    STK_THEN_PATHWAY = STK_THEN_NO_TARGET | STK_THEN_OPEN_PEAK | STK_THEN_NOT_ABOVE
};

/** The chain from a document's number to a level, for one condition and ambition. A level of a way
 * before STK_WAY_PER_CENT is own_mt x ratio x gwp_factor + uncovered_mt; what `then` names comes
 * on top. Of STK_WAY_NONE it is
 * {(reference_mt x reference_covered + reference_land_mt - unscaled_mt) less the per cent or cut}
 * x growth + unscaled_mt + uncovered_mt, less land_mt. Numbers that do not apply are NaN. */
typedef struct stk_derivation {
    const stk_target *row; /**< NULL where there is no level */
    stk_way way;           /**< STK_WAY_NONE for a per cent or cut of what the composite has */
    bool net;              /**< the document's number counts LULUCF */
    size_t gwp;            /**< the document's set, of stk_inventory_gwp() */
    double stated_mt;      /**< the document's number, in its own scope and GWP set */
    double document_mt;    /**< the level that it means, in the same */
    double land_mt;        /**< LULUCF taken off it */
    double own_mt;         /**< level without LULUCF in the Party's own terms */
    int inventory_year;    /**< of the ratio; 0 where none is known */
    double inventory_mt;   /**< the Party's own total in that year */
    double composite_mt;   /**< the composite's */
    double ratio;          /**< applied */
    double gwp_factor;     /**< from the document's set to the user's */
    double uncovered_mt;   /**< added for gases and sectors outside the document's total */
    double covered;        /**< share of emissions that the number speaks of */
    int reference_year;    /**< that a per cent or cut is taken of; 0: none */
    double reference_mt; /**< the composite's or modelled emissions of that year without LULUCF, or
                              the peak, in the user's set */
    double reference_covered; /**< share of it that a per cent or cut is taken of */
    double reference_land_mt; /**< LULUCF counted beside that; NaN where it is not counted */
    double unscaled_mt;       /**< the part of that LULUCF, a sink, that no per cent is taken of */
    double growth; /**< of GDP or population since then; 1 where the target is not per unit */
    double reduction_pct; /**< taken off it */
    double cut_mt;        /**< the same as a number, in the user's set */
    double row_mt;        /**< the row's level without LULUCF, in the user's set */
    unsigned then;        /**< of STK_THEN_... */
} stk_derivation;

#ifdef __cplusplus
}
#endif
#endif
