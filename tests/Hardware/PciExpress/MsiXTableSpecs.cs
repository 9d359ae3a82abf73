using CsCheck;
using Disguise.Hardware.PciExpress;

namespace Disguise.Hardware.Tests.PciExpress;

public class MsiXTableSpecs
{
    private readonly Sink sink = new();
    private readonly PhysicalFunctionConfiguration function;

    public MsiXTableSpecs()
    {
        function = new PhysicalFunctionConfiguration(
            FunctionId.Of(3, 0, 0), NetworkFunctions.X520);
        function.MsiX.Sink = sink;
    }

    [Fact]
    public void A_vector_sends_its_own_address_and_data()
    {
        Program(2, 0xFEE0_1000, 0x41, isMasked: false);
        Enable();

        Assert.True(function.MsiX.Raise(2));

        Assert.Equal(["2: fee01000 41"], sink.Seen);
    }

    [Fact]
    public void A_masked_vector_is_pending_and_fires_once_when_unmasked()
    {
        Program(2, 0xFEE0_1000, 0x41, isMasked: true);
        Enable();
        Assert.False(function.MsiX.Raise(2));
        Assert.False(function.MsiX.Raise(2));
        Assert.True(function.MsiX.IsPending(2));
        Assert.Equal(4U, function.MsiX.ReadPending(0));

        function.MsiX.WriteTable((2 * 16) + 12, 0);

        Assert.Equal(["2: fee01000 41"], sink.Seen);
        Assert.False(function.MsiX.IsPending(2));
    }

    [Fact]
    public void The_function_mask_holds_all_vectors_back()
    {
        Program(0, 0xFEE0_0000, 1, isMasked: false);
        Program(40, 0xFEE0_0000, 2, isMasked: false);
        function.WriteUInt16(0x72, 0xC000);
        function.MsiX.Raise(40);
        function.MsiX.Raise(0);
        Assert.Equal(1U << 8, function.MsiX.ReadPending(4));

        Enable();

        Assert.Equal(["0: fee00000 1", "40: fee00000 2"], sink.Seen);
    }

    [Fact]
    public void Vectors_are_masked_after_a_reset_and_silent_while_disabled()
    {
        Assert.False(function.MsiX.Raise(0));
        Assert.False(function.MsiX.IsPending(0));
        Assert.Equal(1U, function.MsiX.ReadTable(12));
        Assert.Equal(0U, function.MsiX.ReadTable(64 * 16));
        function.MsiX.WriteTable(64 * 16, 5);
        Assert.Throws<InvalidOperationException>(() => function.MsiX.Raise(64));
        Assert.Empty(sink.Seen);
    }

    [Fact]
    public void No_interrupt_is_lost_and_none_comes_from_nowhere()
    {
        var step = Gen.Select(Gen.Int[0, 3], Gen.Int[0, 2]);
        step.Array[1, 100].Sample(
            steps =>
            {
                var here = new MsiXTableSpecs();
                var (masked, waiting) = (new[] { true, true, true }, new bool[3]);
                var (isOn, isHeld, expected) = (false, false, 0);
                foreach (var (kind, vector) in steps)
                {
                    if (kind == 0)
                    {
                        here.function.MsiX.Raise(vector);
                        if (isOn) waiting[vector] = true;
                    }
                    if (kind == 1)
                    {
                        masked[vector] = !masked[vector];
                        here.function.MsiX.WriteTable(
                            (vector * 16) + 12, masked[vector] ? 1U : 0);
                    }
                    if (kind == 2)
                    {
                        (isOn, isHeld) = (vector > 0, vector == 2);
                        here.function.WriteUInt16(
                            0x72, (ushort)((isOn ? 0x8000 : 0) | (isHeld ? 0x4000 : 0)));
                    }
                    for (var each = 0; each < 3; each++)
                    {
                        if (isOn && !isHeld && !masked[each] && waiting[each])
                        {
                            expected++;
                            waiting[each] = false;
                        }
                        Assert.Equal(waiting[each], here.function.MsiX.IsPending(each));
                    }
                    Assert.Equal(expected, here.sink.Seen.Count);
                }
            },
            iter: 2000);
    }

    private void Enable() => function.WriteUInt16(0x72, 0x8000);

    private void Program(int vector, uint address, uint data, bool isMasked)
    {
        function.MsiX.WriteTable(vector * 16, address);
        function.MsiX.WriteTable((vector * 16) + 8, data);
        function.MsiX.WriteTable((vector * 16) + 12, isMasked ? 1U : 0);
    }

    private sealed class Sink : IMsiXSink
    {
        public List<string> Seen { get; } = [];

        public void Interrupt(int vector, ulong messageAddress, uint messageData) =>
            Seen.Add($"{vector}: {messageAddress:x} {messageData:x}");
    }
}
