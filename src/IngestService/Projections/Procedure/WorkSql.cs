using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Projections.Procedure;

/// <summary>
/// Each worklist by an index that is already in its order and holds all that is asked here, so that a page costs what it shows and not what there is:
/// the rows themselves, ten kilobytes each, are read for the page alone.
/// </summary>
internal static class WorkSql
{
    private const string Unit = "($2 = '' OR c.unit_id = $2) AND ($3 = '' OR c.domain = $3) AND $1 = $1 AND $4 = $4";

    public static string From(WorkFilter filter) => filter.Kind switch
    {
        WorkListKind.Mine => $"case_handler c WHERE c.officer_id = $1 AND {Unit}",
        WorkListKind.ToReview => $"procedure_case c WHERE c.state IN (2, 30) AND c.is_open = 1 AND {Unit}",
        WorkListKind.ToApprove => $"procedure_case c WHERE c.pending_approver > 0 AND {Unit}",
        WorkListKind.Overdue => $"procedure_case c WHERE c.is_open = 1 AND c.next_due < $4 AND {Unit}",
        WorkListKind.Returned => $"procedure_case c WHERE c.is_returned = 1 AND {Unit}",
        WorkListKind.All or WorkListKind.Unspecified or _ => $"procedure_case c WHERE c.is_open = 1 AND {Unit}",
    };
}
