using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.OperatorConsole.Tests.Registers;

/// <summary>A district's registers as an agency would have them, written as acts through the service's own door.</summary>
internal sealed class RegisterSeed(RegisterActs.RegisterActsClient acts, RegisterDesk.RegisterDeskClient desk, Acts.ActsClient cases)
{
    public static readonly Actor Clerk = new() { Id = "p1", Name = "周静", Unit = "信息中心" };

    private readonly Dictionary<(RegisterChange.ContentOneofCase, string), ulong> _versions = [];
    private ulong _size;

    public async Task FillAsync()
    {
        await ChangeAsync("勘界成果", DistrictWorld.Places());
        await ChangeAsync("机构编制方案", DistrictWorld.Units());
        await ChangeAsync("权责清单", DistrictWorld.Items());
        await ChangeAsync("赋权与委托文件", DistrictWorld.Grants());
        await ChangeAsync("执法证年审名册", DistrictWorld.Officers());
        await ChangeAsync("人员动态", DistrictWorld.PeopleMatters());
        await ChangeAsync("设备台账", DistrictWorld.Devices());
        foreach (var step in DistrictWorld.AdmissionSteps())
            await ChangeAsync(step.Reason, [step]);
        await ChangeAsync("搬迁至下游", [DistrictWorld.MovedCamera()]);
        await ChangeAsync("年度放假安排", [DistrictWorld.Calendar()]);
        await ChangeAsync("案件当事人登记", DistrictWorld.Objects());
        await ChangeAsync("案件关联", DistrictWorld.Links());
    }

    /// <summary>One act, of the subjects as they stand now.</summary>
    public async Task ChangeAsync(string reason, IReadOnlyList<RegisterChange> changes, Actor? actor = null)
    {
        var request = new ChangeRegisterRequest { Actor = actor ?? Clerk };
        foreach (var change in changes)
        {
            change.Reason = reason;
            request.Changes.Add(new ChangeToMake { Change = change, ExpectedVersion = _versions.GetValueOrDefault((change.ContentCase, change.Id)) });
        }
        var answer = await acts.ChangeAsync(request, cancellationToken: TestContext.Current.CancellationToken);
        _size = answer.LedgerSize;
        foreach (var (change, version) in changes.Zip(answer.Versions))
            _versions[(change.ContentCase, change.Id)] = version;
    }

    /// <returns>Its id.</returns>
    public async Task<string> OpenCaseAsync(OpenCaseRequest request)
    {
        request.Actor = Clerk;
        var answer = await cases.OpenCaseAsync(request, cancellationToken: TestContext.Current.CancellationToken);
        _size = answer.LedgerSize;
        return answer.SubjectId;
    }

    public async Task<SubjectDetail> GetAsync(RegisterKind kind, string id) => await desk.GetSubjectAsync(
        new GetSubjectRequest { AtLeast = _size, Kind = kind, Id = id }, cancellationToken: TestContext.Current.CancellationToken);
}
