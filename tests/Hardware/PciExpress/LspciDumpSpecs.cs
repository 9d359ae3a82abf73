using Disguise.Hardware.PciExpress;

namespace Disguise.Hardware.Tests.PciExpress;

/// <summary>What <c>lspci</c>, which we did not write, makes of our configuration space.</summary>
public class LspciDumpSpecs
{
    [RequiresProgramFact("lspci")]
    public void Lspci_reads_the_capabilities_of_the_physical_function()
    {
        var text = Lspci.Read(
            "-vvv -nn", LspciDump.Write(Functions(NetworkFunctions.X520, 8)[..1]));

        Assert.Contains("[8086:10fb] (rev 01)", text);
        Assert.Contains("Region 0: Memory at c0000000 (64-bit, non-prefetchable)", text);
        Assert.Contains("Region 4: Memory at c0100000 (64-bit, non-prefetchable)", text);
        Assert.Contains("[40] Power Management version 3", text);
        Assert.Contains("[70] MSI-X: Enable+ Count=64 Masked-", text);
        Assert.Contains("Vector table: BAR=4 offset=00000000", text);
        Assert.Contains("PBA: BAR=4 offset=00002000", text);
        Assert.Contains("[a0] Express (v2) Endpoint", text);
        Assert.Contains("FLReset+", text);
        Assert.Contains("LnkCap:\tPort #0, Speed 5GT/s, Width x8", text);
        Assert.Contains("[100 v2] Advanced Error Reporting", text);
        Assert.Contains("[150 v1] Alternative Routing-ID Interpretation (ARI)", text);
        Assert.Contains("[160 v1] Single Root I/O Virtualization (SR-IOV)", text);
        Assert.Contains("IOVCtl:\tEnable+ Migration- Interrupt- MSE+ ARIHierarchy+", text);
        Assert.Contains(
            "Initial VFs: 64, Total VFs: 64, Number of VFs: 8, Function Dependency Link: 00", text);
        Assert.Contains("VF offset: 128, stride: 2, Device ID: 10ed", text);
        Assert.Contains("Supported Page Size: 00000553, System Page Size: 00000001", text);
        Assert.Contains("Region 0: Memory at 00000000d0000000 (64-bit, non-prefetchable)", text);
        Assert.Contains("[1b0 v1] Access Control Services", text);
        Assert.Contains("ACSCap:\tSrcValid- TransBlk- ReqRedir+ CmpltRedir+", text);
        Assert.DoesNotContain("<chain broken>", text);
        Assert.DoesNotContain("unknown", text, StringComparison.OrdinalIgnoreCase);
    }

    [RequiresProgramFact("lspci")]
    public void Lspci_shows_an_error_that_a_device_reported()
    {
        var functions = Functions(NetworkFunctions.X520, 1);
        functions[0].ReportError(UncorrectableError.PoisonedTlp);
        functions[1].ReportError(UncorrectableError.CompletionTimeout);

        var physical = Lspci.Read("-vvv", LspciDump.Write(functions[..1]));
        var virtualOne = Lspci.Read("-vvv", LspciDump.Write(functions[1..]));

        Assert.Contains("UESta:\tDLP- SDES- TLP+ FCP- CmpltTO-", physical);
        Assert.Contains("UESta:\tDLP- SDES- TLP- FCP- CmpltTO+", virtualOne);
        Assert.Contains("NonFatalErr+", physical);
    }

    [RequiresProgramFact("lspci")]
    public void Lspci_reads_the_virtual_functions()
    {
        var text = Lspci.Read(
            "-vvv -nn", LspciDump.Write(Functions(NetworkFunctions.X520, 8)[1..]));

        Assert.Equal(8, text.Split("[8086:10ed] (rev 01)").Length - 1);
        Assert.Contains("03:10.0 ", text);
        Assert.Contains("03:11.6 ", text);
        Assert.Equal(8, text.Split("[70] MSI-X: Enable- Count=3 Masked-").Length - 1);
        Assert.Equal(8, text.Split("[1b0 v1] Access Control Services").Length - 1);
        Assert.Equal(8, text.Split("Alternative Routing-ID Interpretation").Length - 1);
        Assert.DoesNotContain("Region", text);
        Assert.DoesNotContain("<chain broken>", text);
    }

    [RequiresProgramFact("lspci")]
    public void Lspci_reads_thousands_of_functions_over_many_buses()
    {
        var functions = Functions(NetworkFunctions.IdealVnic, 4096);
        var physical = Lspci.Read("-vvv", LspciDump.Write(functions[..1]));
        var all = Lspci.Read("-n", LspciDump.Write(functions));

        Assert.Contains("Total VFs: 4096, Number of VFs: 4096", physical);
        Assert.Contains("VF offset: 256, stride: 1, Device ID: 10f1", physical);
        Assert.Equal(4096, all.Split("0200: 1af4:10f1").Length - 1);
        Assert.Contains("13:1f.7 0200: 1af4:10f1", all);
    }

    [RequiresProgramFact("lspci")]
    public void Lspci_gives_every_byte_back()
    {
        var functions = Functions(NetworkFunctions.X520, 3);
        var before = LspciDump.Write(functions);

        var after = Lspci.Read("-xxxx -n", LspciDump.Write(functions));

        Assert.Equal(HexLines(before), HexLines(after));
        Assert.Equal(4 * 256, HexLines(after).Length);
    }

    [Fact]
    public void A_dump_has_the_ids_that_linux_shows_for_a_virtual_function()
    {
        var lines = LspciDump.Write(Functions(NetworkFunctions.X520, 1)[1..]).Split('\n');

        Assert.Equal("03:10.0 0200: 8086:10ed", lines[0]);
        Assert.StartsWith("00: 86 80 ed 10 00 00 10 00 01", lines[1]);
        Assert.StartsWith("100: 01 00 02 15", lines[17]);
        Assert.Equal(["", ""], lines[257..]);
    }

    private static string[] HexLines(string text) =>
        [.. text.Split('\n').Where(line => line.IndexOf(':') is 2 or 3 && !line.Contains('.'))];

    private static ConfigurationSpace[] Functions(FunctionDescription description, int count)
    {
        var physical = new PhysicalFunctionConfiguration(FunctionId.Of(3, 0, 0), description);
        physical.WriteUInt32(0x10, 0xC000_0000);
        physical.WriteUInt32(0x20, 0xC010_0000);
        physical.WriteUInt32(0x184, 0xD000_0000);
        physical.WriteUInt32(0x190, 0xD400_0000);
        physical.WriteUInt16(0x04, 6);
        physical.WriteUInt16(0x72, 0x8000);
        physical.WriteUInt16(0x170, (ushort)count);
        physical.WriteUInt16(0x168, 0x19);
        var functions = new List<ConfigurationSpace> { physical };
        for (var index = 0; index < count; index++)
        {
            Assert.True(physical.SrIov!.TryGet(index, out var function));
            functions.Add(function);
        }
        return [.. functions];
    }
}
