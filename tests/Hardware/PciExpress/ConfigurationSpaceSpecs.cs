using CsCheck;
using Disguise.Hardware.PciExpress;

namespace Disguise.Hardware.Tests.PciExpress;

public class ConfigurationSpaceSpecs
{
    private static readonly FunctionId Port0 = FunctionId.Of(3, 0, 0);

    [Fact]
    public void The_header_names_the_x520()
    {
        var function = new PhysicalFunctionConfiguration(Port0, NetworkFunctions.X520);

        Assert.Equal(0x10FB_8086U, function.ReadUInt32(0));
        Assert.Equal(1, function.ReadByte(0x08));
        Assert.Equal(0x0200, function.ReadUInt16(0x0A));
        Assert.Equal(0x10, function.ReadUInt16(0x06));
        Assert.Equal(0x70, function.FindCapability(CapabilityId.MsiX));
        Assert.Equal(0xA0, function.FindCapability(CapabilityId.PciExpress));
        Assert.Equal(0x160, function.FindExtendedCapability(ExtendedCapabilityId.SrIov));
        Assert.Equal(
            0x1B0, function.FindExtendedCapability(ExtendedCapabilityId.AccessControlServices));
    }

    [Theory]
    [InlineData(0x10, 512 << 10)]
    [InlineData(0x20, 16 << 10)]
    public void A_bar_tells_its_size_after_a_write_of_all_ones(int offset, uint sizeBytes)
    {
        var function = new PhysicalFunctionConfiguration(Port0, NetworkFunctions.X520);

        function.WriteUInt32(offset, uint.MaxValue);
        function.WriteUInt32(offset + 4, uint.MaxValue);

        Assert.Equal(~(sizeBytes - 1) | 4, function.ReadUInt32(offset));
        Assert.Equal(uint.MaxValue, function.ReadUInt32(offset + 4));
        function.WriteUInt32(offset, 0xC010_0000);
        function.WriteUInt32(offset + 4, 0x12);
        Assert.Equal(
            0x12_C010_0000UL,
            offset == 0x10 ? function.RegistersAddress : function.MsiXAddress);
    }

    [Fact]
    public void Bytes_and_words_reach_their_own_lanes_only()
    {
        var function = new PhysicalFunctionConfiguration(Port0, NetworkFunctions.X520);

        function.WriteByte(0x13, 0xC1);
        function.WriteUInt16(0x16, 0xBEEF);
        function.WriteByte(0x0C, 64);

        Assert.Equal(0xC100_0004U, function.ReadUInt32(0x10));
        Assert.Equal(0xBEEF, function.ReadUInt16(0x16));
        Assert.Equal(64U, function.ReadUInt32(0x0C));
    }

    [Theory]
    [InlineData(-4, 4)]
    [InlineData(4096, 1)]
    [InlineData(2, 4)]
    [InlineData(1, 2)]
    public void Addresses_that_are_no_register_throw(int offset, int length)
    {
        var function = new PhysicalFunctionConfiguration(Port0, NetworkFunctions.X520);

        Assert.Throws<InvalidOperationException>(() => length switch
        {
            1 => function.ReadByte(offset),
            2 => function.ReadUInt16(offset),
            _ => (object)function.ReadUInt32(offset),
        });
    }

    [Fact]
    public void Writing_a_one_clears_an_error_and_writing_a_zero_does_not()
    {
        var function = new PhysicalFunctionConfiguration(Port0, NetworkFunctions.X520);
        function.ReportError(UncorrectableError.PoisonedTlp, 0x4A00_0001);
        function.ReportError(UncorrectableError.CompletionTimeout, 7);
        function.ReportError(CorrectableError.BadTlp);

        function.WriteUInt32(0x104, (uint)UncorrectableError.CompletionTimeout);
        function.WriteUInt32(0x110, 0);

        Assert.Equal(UncorrectableError.PoisonedTlp, function.Errors.Uncorrectable);
        Assert.Equal(CorrectableError.BadTlp, function.Errors.Correctable);
        Assert.Equal(12U, function.ReadUInt32(0x118));
        Assert.Equal(0x4A00_0001U, function.ReadUInt32(0x128));
        Assert.Equal(0x8010, function.ReadUInt16(0x06));
        Assert.Equal(3, function.ReadUInt16(0xAA));
        function.WriteUInt16(0xAA, 1);
        function.WriteUInt16(0x06, 0x8000);
        Assert.Equal(2, function.ReadUInt16(0xAA));
        Assert.Equal(0x10, function.ReadUInt16(0x06));
    }

    [Fact]
    public void An_error_sends_a_message_when_mask_and_device_control_allow_it()
    {
        var function = new PhysicalFunctionConfiguration(Port0, NetworkFunctions.X520);
        Assert.Equal(
            ErrorSeverity.Masked, function.ReportError(UncorrectableError.UnsupportedRequest));

        function.WriteUInt16(0xA8, 0x281F);
        Assert.Equal(
            ErrorSeverity.NonFatal, function.ReportError(UncorrectableError.UnsupportedRequest));
        Assert.Equal(ErrorSeverity.Fatal, function.ReportError(UncorrectableError.MalformedTlp));
        Assert.Equal(ErrorSeverity.Correctable, function.ReportError(CorrectableError.BadDllp));
        Assert.Equal(
            ErrorSeverity.Masked, function.ReportError(CorrectableError.AdvisoryNonFatal));
        function.WriteUInt32(0x108, (uint)UncorrectableError.UnsupportedRequest);
        Assert.Equal(
            ErrorSeverity.Masked, function.ReportError(UncorrectableError.UnsupportedRequest));
    }

    [Fact]
    public void A_function_level_reset_forgets_all_but_the_errors()
    {
        var observer = new Observer();
        var function = new PhysicalFunctionConfiguration(
            Port0, NetworkFunctions.X520, observer);
        function.WriteUInt16(0x04, 6);
        function.WriteUInt32(0x10, 0xC000_0000);
        function.WriteUInt16(0x72, 0x8000);
        function.WriteUInt16(0x170, 8);
        function.WriteUInt16(0x168, 9);
        function.ReportError(UncorrectableError.PoisonedTlp);

        function.WriteUInt16(0xA8, 0x8000);

        Assert.Equal(
            (0UL, false, false, 0),
            (function.RegistersAddress, function.IsBusMaster, function.MsiX.IsEnabled,
                function.SrIov!.VirtualFunctionCount));
        Assert.Equal(UncorrectableError.PoisonedTlp, function.Errors.Uncorrectable);
        Assert.Equal(0x2810, function.ReadUInt16(0xA8));
        Assert.Equal(
            ["enabled 8", "disabled 8", "reset 03:00.0"],
            observer.Seen.Where(line => line != "decoding"));
    }

    [Fact]
    public void Writes_never_change_a_read_only_bit()
    {
        // The bits that the specification lets software write, cleared by a one or set freely.
        var writable = new Dictionary<int, uint>
        {
            [0x04] = 0xF900_0546,
            [0x0C] = 0xFF,
            [0x10] = 0xFFF8_0000,
            [0x14] = ~0U,
            [0x20] = 0xFFFF_C000,
            [0x24] = ~0U,
            [0x3C] = 0xFF,
            [0x44] = 3,
            [0x70] = 0xC000_0000,
            [0xA8] = 0x000F_79FF,
            [0xB0] = 0x01C8,
            [0xC8] = 0x1F,
            [0xD0] = 0xF,
            [0x104] = 0x003F_F030,
            [0x108] = 0x003F_F030,
            [0x10C] = 0x003F_F030,
            [0x110] = 0x31C1,
            [0x114] = 0x31C1,
            [0x168] = 0x19,
            [0x170] = 0xFFFF,
            [0x180] = 0x553,
            [0x184] = 0xFFFF_C000,
            [0x188] = ~0U,
            [0x190] = 0xFFFF_C000,
            [0x194] = ~0U,
            [0x1B4] = 0x004C_0000,
        };
        var write = Gen.Select(Gen.Int[0, 0x1FF], Gen.Int[0, 2], Gen.UInt);
        write.Array[1, 60].Sample(
            writes =>
            {
                var function = new PhysicalFunctionConfiguration(Port0, NetworkFunctions.X520);
                var before = new byte[ConfigurationSpace.SizeBytes];
                var after = new byte[ConfigurationSpace.SizeBytes];
                function.CopyTo(before);
                foreach (var (offset, width, value) in writes)
                {
                    if (width == 0) function.WriteByte(offset, (byte)value);
                    if (width == 1) function.WriteUInt16(offset & ~1, (ushort)value);
                    if (width == 2) function.WriteUInt32(offset & ~3, value);
                }
                function.CopyTo(after);
                for (var offset = 0; offset < after.Length; offset++)
                {
                    var mask = writable.GetValueOrDefault(offset & ~3) >> (8 * (offset & 3));
                    if (((before[offset] ^ after[offset]) & ~mask & 0xFF) != 0) return false;
                }
                return true;
            },
            iter: 3000);
    }

    [Fact]
    public void A_function_can_rest_and_wake()
    {
        var function = new PhysicalFunctionConfiguration(Port0, NetworkFunctions.X520);

        function.WriteUInt16(0x44, 2);
        Assert.Equal(8, function.ReadUInt16(0x44));
        function.WriteUInt16(0x44, 3);
        Assert.Equal(11, function.ReadUInt16(0x44));
    }
}
