using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Tests.Procedure.Service;
using EdgeEnforcement.IngestService.Tests.Registers;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace EdgeEnforcement.IngestService.Tests.Cases;

/// <summary>Opening a file and acts on alerts ask the register of officers, over the wire.</summary>
public sealed class ActorStandingTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("ee-standing-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task Who_is_registered_acts_while_he_is_in_office_with_certificate_and_role()
    {
        await using ProcedureStack stack = await ProcedureStack.StartAsync(_data, Cancellation);
        RegisterChange lapsed = ProcedurePeople.Officer("lapsed", "赵失效", OfficerRole.Handler);
        lapsed.Officer.Certificates[0].ThroughDay = "2020-12-31";
        await stack.RegisterAsync([lapsed, ProcedurePeople.Officer("admin", "钱系统", OfficerRole.SystemAdministrator), ProcedurePeople.Officer("gone", "孙离任", OfficerRole.Handler)]);
        await stack.RegisterAsync(
        [
            new RegisterChange
            {
                Id = "away",
                Leave = new OfficerLeave
                {
                    OfficerId = "han-c", Kind = "年休假", From = stack.Now - Duration.FromTimeSpan(TimeSpan.FromDays(1)),
                    Until = stack.Now + Duration.FromTimeSpan(TimeSpan.FromDays(9)),
                },
            },
        ]);

        await OpenAsync(stack, "han-a");
        await OpenAsync(stack, "nobody-the-register-knows");
        Assert.Equal("no certificate (执法证) of the actor counts today", await RefusedAsync(stack, "lapsed"));
        Assert.Equal("the registers give the actor no role that may do this", await RefusedAsync(stack, "admin"));
        Assert.Equal("the actor is on leave", await RefusedAsync(stack, "han-c"));
        await OpenAsync(stack, "gone");
        await EndAsync(stack, "gone");
        Assert.Equal("the register says that the actor is no officer any more, or not yet", await RefusedAsync(stack, "gone"));
    }

    private static async Task EndAsync(ProcedureStack stack, string officer)
    {
        RegisterDesk.RegisterDeskClient desk = new(stack.Service.Channel);
        SubjectDetail seen = await desk.GetSubjectAsync(new GetSubjectRequest { Kind = RegisterKind.Officer, Id = officer }, cancellationToken: Cancellation);
        await new Contracts.V1.RegisterActs.RegisterActsClient(stack.Service.Channel).ChangeAsync(new ChangeRegisterRequest
        {
            Actor = RegisterWorld.Person,
            Changes = { new ChangeToMake { ExpectedVersion = seen.Row.Version, Change = new RegisterChange { Id = officer, Ended = true, Reason = "离任", Officer = seen.Row.Change.Officer } } },
        }, cancellationToken: Cancellation);
    }

    private static async Task OpenAsync(ProcedureStack stack, string officer) => await stack.Service.Acts.OpenCaseAsync(
        new OpenCaseRequest { Actor = new Actor { Id = officer, Name = officer }, Title = "占道经营", Domain = "urban" }, cancellationToken: Cancellation);

    private static async Task<string> RefusedAsync(ProcedureStack stack, string officer)
    {
        RpcException refused = await Assert.ThrowsAsync<RpcException>(() => OpenAsync(stack, officer));
        Assert.Equal("NOT_PERMITTED", refused.Trailers.GetValue("ee-refusal-name"));
        return Refusal.Parser.ParseFrom(refused.Trailers.GetValueBytes("refusal-bin")!).Said.Template;
    }
}
