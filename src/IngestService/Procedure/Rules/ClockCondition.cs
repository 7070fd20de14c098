namespace EdgeEnforcement.IngestService.Procedure.Rules;

/// <summary>What besides the act a deadline asks for before it starts, or before it holds acts back.</summary>
internal enum ClockCondition
{
    Always,

    /// <summary>The decision asks for money that was not taken on the spot.</summary>
    ToBePaid,

    /// <summary>The simple decision's fine was taken on the spot (APL 68).</summary>
    CollectedOnTheSpot,

    /// <summary>The legal opinion is 同意.</summary>
    OpinionAgrees,

    /// <summary>The served notice offers a hearing (APL 63); looked at when an act would be held back.</summary>
    HearingOffered,
}
