using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Tests.Registers;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.IngestService.Tests.Doubles;

/// <summary>
/// Registers beside a story: changes, a file that came in, one that broke off, a box that was opened. Nothing about parties: their numbers
/// are hashed under a key of each directory, and stories are compared across directories.
/// </summary>
internal sealed class RandomRegisters(MemoryLedger ledger, Random random)
{
    private int _imports;

    public void Tell()
    {
        Fact(new Record { RegisterChanged = Changed(RegisterWorld.Unit("u" + Few(), "单位" + Few(), UnitStanding.Agency, UnitLevel.Town)) });
        Fact(new Record { RegisterChanged = Changed(RegisterWorld.Officer("o" + Few(), "执法员", "u1", "2026-01-01", "2030-12-31", OfficerRole.Handler)) });
        Import(takenIn: false);
        Import(takenIn: true);
        ledger.Append("gate-1", record =>
        {
            record.SourceDevice = "d" + Few();
            record.DeviceEvent = new DeviceEvent { Kind = DeviceEventKind.BoxDoor, Detail = "箱门打开" };
        });
        Fact(new Record { RegisterChanged = Changed(RegisterWorld.Step("d" + Few(), (AdmissionState)random.Next(1, 8))) });
    }

    private void Import(bool takenIn)
    {
        string id = "I-" + _imports++;
        RegisterImported imported = new() { ImportId = id, Kind = RegisterKind.Device, Actor = Story.Operator, Reason = "导入" };
        for (int part = 0; part < 2; part++)
        {
            imported.Parts.Add(Fact(new Record
            {
                RegisterImportPart = new RegisterImportPart
                {
                    ImportId = id, Changes = { RegisterWorld.Device($"d{Few()}", AdmissionClass.AgencyMonitor, "2030-12-31", firmware: "1." + Few()) },
                },
            }));
        }

        if (takenIn)
            Fact(new Record { RegisterImported = imported });
    }

    private ulong Fact(Record record) => ledger.AppendFact(LeafOrigin.Operator, record);

    private static RegisterChanged Changed(RegisterChange change) => new() { Actor = Story.Operator, Changes = { change } };

    private int Few() => random.Next(1, 7);
}
