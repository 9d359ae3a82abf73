using Disguise.Actors.Time;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Devices;
using Disguise.Hardware.Machines;
using Disguise.Hardware.Nic;
using Disguise.Hardware.Wire;

namespace Disguise.Hardware.Tests.Nic;

public class InterruptSpecs
{
    private const int CoreVector = 40;
    private static readonly MacAddress Client = new(0x0200_0000_00FF);

    [Fact]
    public void A_received_frame_interrupts_the_core_that_its_vector_names()
    {
        using var scene = Armed(out _);
        var startPs = scene.NowPs;

        scene.Arrive(Frame());
        scene.Run();

        var (timePs, message, word) = Assert.Single(Interrupts(scene));
        Assert.IsType<CoreProtocol.KernelInterrupt>(message);
        Assert.Equal(1, CoreProtocol.KernelInterrupt.CoreOf(word));
        Assert.Equal(77, CoreProtocol.KernelInterrupt.EventOf(word));
        Assert.Equal(
            startPs + NicScene.ReceivePipelinePs + (Frame().Length * NicScene.DmaBytePs)
            + NicScene.PostedWritePs + NicScene.InterruptPs + 500_000,
            timePs);
    }

    [Fact]
    public void A_masked_vector_is_held_until_it_is_enabled()
    {
        using var scene = Armed(out var tenant);
        tenant.RegisterNow(FunctionRegisters.InterruptMaskClear, 1);
        scene.Arrive(Frame());
        scene.Run();
        Assert.Empty(Interrupts(scene));

        tenant.RegisterNow(FunctionRegisters.InterruptMaskSet, 1);
        scene.Run();

        Assert.Single(Interrupts(scene));
    }

    [Fact]
    public void A_vector_masked_in_the_table_is_pending_until_it_is_unmasked()
    {
        using var scene = Armed(out _);
        scene.Order(new PhysicalFunctionProtocol.MaskVector(0, 0, true));
        scene.Arrive(Frame());
        scene.Arrive(Frame());
        scene.Run();
        Assert.Empty(Interrupts(scene));
        Assert.True(scene.Card.ConfigurationSpaces[1].MsiX.IsPending(0));

        scene.Order(new PhysicalFunctionProtocol.MaskVector(0, 0, false));
        scene.Run();

        Assert.Single(Interrupts(scene));
        Assert.False(scene.Card.ConfigurationSpaces[1].MsiX.IsPending(0));
    }

    [Fact]
    public void Moderation_sends_the_first_interrupt_at_once_and_gathers_the_rest()
    {
        using var scene = Armed(out var tenant);
        // 5 units of 2 us
        tenant.RegisterNow(
            FunctionRegisters.InterruptThrottle, FunctionRegisters.ThrottleOf(5));
        var startPs = scene.NowPs;
        for (var count = 0; count < 20; count++)
            scene.Arrive(Frame(), afterPs: count * Picoseconds.PerMicrosecond);
        scene.Run();

        var times = Interrupts(scene).Select(one => one.TimePs - startPs).ToArray();
        Assert.Equal(3, times.Length);
        Assert.All(
            times.Zip(times.Skip(1), (a, b) => b - a),
            gap => Assert.Equal(10 * Picoseconds.PerMicrosecond, gap));
    }

    [Fact]
    public void Automatic_mask_holds_a_vector_until_the_driver_enables_it_again()
    {
        using var scene = Armed(out var tenant);
        tenant.RegisterNow(FunctionRegisters.InterruptAutoMask, 1);
        for (var count = 0; count < 5; count++)
            scene.Arrive(Frame(), afterPs: count * Picoseconds.PerMicrosecond);
        scene.Run();
        Assert.Single(Interrupts(scene));

        tenant.RegisterNow(FunctionRegisters.InterruptMaskSet, 1);
        scene.Run();

        Assert.Equal(2, Interrupts(scene).Length);
    }

    [Fact]
    public void Causes_that_clear_themselves_read_as_none()
    {
        using var scene = Armed(out var tenant);
        scene.Arrive(Frame());
        scene.Run();
        Assert.Equal(0u, Read(scene, tenant, FunctionRegisters.InterruptCause));

        tenant.RegisterNow(FunctionRegisters.InterruptAutoClear, 0);
        scene.Arrive(Frame());
        scene.Run();

        Assert.Equal(1u, Read(scene, tenant, FunctionRegisters.InterruptCause));
        Assert.Equal(0u, Read(scene, tenant, FunctionRegisters.InterruptCause));
    }

    [Fact]
    public void A_finished_transmission_interrupts_where_status_was_asked_for()
    {
        using var scene = Armed(out var tenant);
        tenant.PostTransmit(NicScene.Udp(NicScene.MacOf(0), Client), 0, piece => piece with
        {
            Command = piece.Command
                & ~Disguise.Hardware.Nic.Descriptors.TransmitCommand.ReportStatus,
        });
        tenant.RingTransmit();
        scene.Run();
        Assert.Empty(Interrupts(scene));

        tenant.Transmit(NicScene.Udp(NicScene.MacOf(0), Client));
        scene.Run();

        Assert.Single(Interrupts(scene));
    }

    [Fact]
    public void A_register_is_read_by_message_and_answer()
    {
        using var scene = Armed(out var tenant);

        Assert.Equal(
            FunctionRegisters.LinkUpBit, Read(scene, tenant, FunctionRegisters.Links));
        scene.Order(new PhysicalFunctionProtocol.SetLink(false, 0));
        Assert.Equal(0u, Read(scene, tenant, FunctionRegisters.Links));
        Assert.Equal(
            Tenant.RingSize - 1u,
            Read(scene, tenant, FunctionRegisters.Receive(0, FunctionRegisters.Tail)));
    }

    private static NicScene Armed(out Tenant tenant)
    {
        var scene = new NicScene();
        scene.Machine.Cores[1].Bind(CoreVector, new VectorBinding(scene.KernelStub, null, 77));
        tenant = scene.Tenant(0).Start();
        scene.Order(new PhysicalFunctionProtocol.ProgramVector(
            0, 0, (ulong)Machine.InterruptAddressOf(1), CoreVector));
        var (receive, shift) = FunctionRegisters.VectorPlace(0, QueueDirection.Receive);
        var (_, second) = FunctionRegisters.VectorPlace(0, QueueDirection.Transmit);
        tenant.RegisterNow(receive,
            (FunctionRegisters.VectorField(0) << shift)
            | (FunctionRegisters.VectorField(0) << second));
        tenant.RegisterNow(FunctionRegisters.InterruptAutoClear, 1);
        tenant.RegisterNow(FunctionRegisters.InterruptMaskSet, 1);
        return scene;
    }

    private static (long TimePs, object Message, long Word)[] Interrupts(NicScene scene) =>
        [.. scene.Heard.Where(one => one.Message is CoreProtocol.KernelInterrupt)];

    private static byte[] Frame() => NicScene.Udp(Client, NicScene.MacOf(0));

    private static uint Read(NicScene scene, Tenant tenant, int offset)
    {
        var actor = scene.ActorAt(
            scene.Card.RegistersOf(tenant.Function) + offset, out var inWindow);
        scene.Send(actor!, MmioProtocol.RegisterRead.Instance,
            MmioProtocol.RegisterRead.WordOf(inWindow, 9));
        scene.Run();
        var word = scene.Heard.Last(
            one => one.Message is MmioProtocol.RegisterReadCompletion).Word;
        Assert.Equal(9, MmioProtocol.RegisterReadCompletion.TagOf(word));
        return MmioProtocol.RegisterReadCompletion.ValueOf(word);
    }
}
