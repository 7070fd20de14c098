using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Projections.CaseBoard;

/// <summary>Read side of the case board. Positions in lists are the entries that opened the cases.</summary>
internal interface ICaseQueries
{
    /// <param name="text">Part of the number or of the title; empty: all.</param>
    IReadOnlyList<(ulong Position, CaseRow Row)> List(ulong before, int count, string text = "");

    ulong Count();

    /// <summary>Without the alert and the media rows, which are other projections'.</summary>
    CaseDetail? Find(string caseId);

    /// <summary>Lead the case was opened from; empty for a free one.</summary>
    string LeadOf(string caseId);

    CaseSnapshot? Snapshot(string caseId);

    bool IsAttached(string caseId, ulong manifestIndex);

    /// <summary>Cases whose officers are given by one of these numbers, the newest first: id, number, domain and all of its officers.</summary>
    IReadOnlyList<CaseDetail> NamingOfficer(IReadOnlyCollection<string> numbers, int count);

    /// <summary>Numbers that begin so: of each length the last, so that the highest of up to twenty digits is among them.</summary>
    IReadOnlyList<string> LastNumbers(string prefix);

    /// <summary>Oldest first.</summary>
    IReadOnlyList<TimelineItem> Timeline(TimelineSubject subject);
}
