using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Projections.CaseBoard;
using EdgeEnforcement.IngestService.Refusals;
using EdgeEnforcement.IngestService.Registers;

namespace EdgeEnforcement.IngestService.Desk.Registers;

/// <summary>Who could take over from an officer, with the cases that name him.</summary>
internal sealed class RegisterTakerQuery(RegisterView view, ICaseQueries cases)
{
    // The newest; an officer with more open cases hands over in several sittings.
    private const int MostCases = 50;

    public async Task<TakerProposals> ProposeAsync(ProposeTakersRequest request, CancellationToken cancellation)
    {
        (RegisterBook book, ulong size) = await view.CatchUpAsync(request.AtLeast, cancellation);
        RegisterSubject officer = book.Find(RegisterKind.Officer, request.OfficerId)
            ?? throw new RefusalDetail(RefusalCode.UnknownSubject, $"no Officer {request.OfficerId}").ToRpcException();
        RegisterAsOf asOf = view.AsOf(request.At, request.KnownSize);
        // A case names its officers by the numbers of their recorders.
        HeldCase[] held = [.. cases.NamingOfficer([request.OfficerId, officer.Newest.Change.Officer.Number], MostCases)
            .Select(known => new HeldCase(known.Row.CaseId, known.Row.Number, known.Row.Domain))];
        TakerProposals proposals = SuccessionPolicy.Propose(book, request.OfficerId, held, asOf);
        (proposals.ProjectedSize, proposals.KnownSize) = (size, request.KnownSize == 0 ? size : Math.Min(request.KnownSize, size));
        return proposals;
    }
}
