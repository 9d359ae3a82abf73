using Disguise.Actors.Execution;
using Disguise.Actors.Faults;
using Disguise.Hardware.Cores;
using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Exokernel.Environments;
using Disguise.Kernels.Exokernel.Processor;
using Disguise.Kernels.Profiles;
using Disguise.Kernels.Tests.Exokernel.Scenes;

namespace Disguise.Kernels.Tests.Exokernel;

/// <summary>
/// Protected transfers between environments on a whole machine: a server that tells a secret to
/// one environment only, and what callers do to get at it.
/// </summary>
public sealed class TransferSpecs
{
    private const int Server = 0;
    private const int Friend = 1;
    private const int Stranger = 2;
    private const ulong Secret = 0xC0FFEE;

    [Fact]
    public void A_server_is_entered_in_its_callers_slice_and_answers_in_registers()
    {
        var answers = new List<ulong>();
        using var scene = Scene()
            .With("friend", async environment =>
            {
                for (var round = 0ul; round < 3; round++)
                {
                    var answer = await environment.Transfer(
                        Server, new TransferRegisters(99, round));
                    answers.Add(answer!.First);
                    answers.Add(answer.Second);
                }
            })
            .Start();
        scene.Run(3);
        Assert.Equal([Secret, 0, Secret, 1, Secret, 2], answers);
    }

    [Fact]
    public void A_round_trip_is_two_transfers_of_the_platforms_and_the_profiles_primitives()
    {
        long startPs = 0, endPs = 0;
        using var scene = Scene()
            .With("friend", async environment =>
            {
                await environment.Transfer(Server, new TransferRegisters());
                startPs = environment.CpuContext.ClockPs;
                await environment.Transfer(Server, new TransferRegisters());
                endPs = environment.CpuContext.ClockPs;
            })
            .Start();
        scene.Run(3);
        var costs = scene.Machine.Costs;
        var oneWayPs = costs.Of(HardwareCosts.Trap)
            + costs.Of(ExokernelCosts.KernelCallDemultiplex)
            + costs.Of(ExokernelCosts.ProtectedTransfer)
            + costs.Of(HardwareCosts.AddressSpaceSwitch)
            + costs.Of(HardwareCosts.TrapReturn);
        Assert.Equal(2 * oneWayPs, endPs - startPs);
    }

    [Fact]
    public void A_server_knows_its_caller_whatever_stands_in_the_registers() =>
        Assert.Equal(Stranger, Pretend());

    [Fact]
    public void Without_the_guard_of_callers_a_register_makes_a_stranger_the_friend() =>
        Assert.Equal(Friend, Pretend(TransferGuards.Caller));

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    [InlineData(77)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public void Nobody_is_entered_who_is_not_there_or_is_oneself(int to)
    {
        var refused = 0;
        using var scene = Scene()
            .With("friend", environment => environment.Compute())
            .With("stranger", async environment =>
            {
                var answer = await environment.Transfer(to, new TransferRegisters());
                refused += answer is null
                    && environment.LastResult.Refusal == ExokernelRefusal.TransferRefused ? 1 : 0;
            })
            .Start();
        scene.Run(4);
        Assert.Equal(1, refused);
    }

    [Fact]
    public void A_caller_goes_on_without_an_answer_when_its_callee_is_destroyed()
    {
        bool? isAnswered = null;
        using var scene = new ExokernelScene()
            .With("server", environment => Serve(environment, 50, []))
            .With("friend", async environment => isAnswered =
                await environment.Transfer(Server, new TransferRegisters()) is not null)
            .With("other", environment => environment.Compute())
            .Start();
        scene.Run(0.1);
        scene.Environments[Server].Overstays = true;
        scene.Run(8);
        Assert.Null(isAnswered);
        scene.Run(8);
        Assert.True(scene.Environments[Server].IsEnded);
        Assert.False(isAnswered);
    }

    [Fact]
    public void Nobody_returns_in_a_servers_place() => Assert.Equal(Secret, Intercept());

    [Fact]
    public void Without_the_guard_of_returns_a_stranger_answers_in_a_servers_place() =>
        Assert.Equal(0xBADul, Intercept(ProcessorGuards.Return));

    private static ExokernelScene Scene(List<long>? served = null, params Guard[] guardsOff) =>
        new ExokernelScene(guardsOff)
            .With("server", environment => Serve(environment, 0, served ?? []));

    /// <summary>Tells its friend the secret and others nothing, and keeps whom it served.
    /// </summary>
    private static async EmulatedTask Serve(
        TestEnvironment environment, int workSlices, List<long> served)
    {
        while (true)
        {
            var (registers, caller) = await environment.NextEntry();
            environment.CpuContext.Charge(
                HardwareCosts.Work, workSlices * ExokernelScene.SlicePs);
            await environment.CpuContext.Sync();
            served.Add(caller);
            var secret = caller == Friend ? Secret : 0;
            await environment.TransferBack(
                (int)caller, new TransferRegisters(secret, registers.Second));
        }
    }

    /// <summary>A stranger says that it is the friend. For whom the server took it.</summary>
    private static long Pretend(params Guard[] guardsOff)
    {
        var served = new List<long>();
        using var scene = Scene(served, guardsOff)
            .With("friend", environment => environment.Compute())
            .With("stranger", async environment =>
                await environment.Transfer(Server, new TransferRegisters(First: Friend)))
            .Start();
        scene.Run(6);
        return Assert.Single(served);
    }

    /// <summary>
    /// While the server works for the friend, a stranger returns to the friend. What that got.
    /// </summary>
    private static ulong Intercept(params Guard[] guardsOff)
    {
        ulong? got = null;
        using var scene = new ExokernelScene(guardsOff)
            .With("server", environment => Serve(environment, 3, []))
            .With("friend", async environment =>
                got = (await environment.Transfer(Server, new TransferRegisters()))?.First)
            .With("stranger", async environment =>
            {
                environment.CpuContext.Charge(HardwareCosts.Work, 1_000_000);
                await environment.CpuContext.Sync();
                await environment.TransferBack(Friend, new TransferRegisters(0xBAD));
            })
            .Start();
        scene.Run(20);
        return got!.Value;
    }
}
