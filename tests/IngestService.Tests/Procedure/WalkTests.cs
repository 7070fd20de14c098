using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure;
using EdgeEnforcement.IngestService.Tests.Procedure.Kit;
using Google.Protobuf;

namespace EdgeEnforcement.IngestService.Tests.Procedure;

public sealed class WalkTests
{
    public static TheoryData<ProcedureState> States => [.. Walks.FirstPart];

    [Theory]
    [MemberData(nameof(States))]
    public void There_is_a_lawful_way_into_every_state_and_its_facts_fold_to_it(ProcedureState state)
    {
        Walk walk = Walks.To(state);

        ProcedureCase again = new Walk().Case;
        foreach ((ProcedureActed fact, ulong entry) in walk.Facts)
        {
            Assert.Equal(again.StateSha256, fact.PreviousStateSha256);
            ProcedureActed read = ProcedureActed.Parser.ParseFrom(fact.ToByteArray());
            ProcedureFold.Apply(again, read, entry, Walk.Leaf(read));
        }

        Assert.Equal(walk.Case, again);
    }
}
