using Disguise.Actors.Execution;

namespace Disguise.Kernels.Tests.Arrakis.Scenes;

/// <summary>Programs that several specs run.</summary>
internal static class Programs
{
    /// <summary>Sets up and echoes what comes, polling.</summary>
    public static async EmulatedTask PollingEcho(TestProgram program)
    {
        await program.SetUp();
        var echo = new EchoDriver(program);
        await echo.Start();
        while (true)
        {
            await echo.Poll();
            await echo.Echo();
        }
    }

    /// <summary>Sets up and echoes what comes; sleeps in the kernel until its doorbell rings.
    /// </summary>
    public static async EmulatedTask SleepingEcho(TestProgram program)
    {
        await program.SetUp();
        var echo = new EchoDriver(program);
        await echo.Start();
        await echo.Associate();
        while (true)
        {
            await echo.Arm();
            while (!echo.HasFrame())
                await program.WaitForDoorbell();
            program.Note();
            while (echo.HasFrame())
                await echo.Echo();
        }
    }

    /// <summary>Sets up and echoes what comes; halts on its own core until its doorbell rings.
    /// </summary>
    public static async EmulatedTask HaltingEcho(TestProgram program)
    {
        await program.SetUp();
        var echo = new EchoDriver(program);
        await echo.Start();
        await echo.Associate();
        while (true)
        {
            await echo.Arm();
            await program.Context.Sync();
            while (!echo.HasFrame())
            {
                await program.Context.Block();
                await program.Context.Sync();
            }

            program.Note();
            while (echo.HasFrame())
                await echo.Echo();
        }
    }

    /// <summary>Computes for ever, a microsecond at a time.</summary>
    public static async EmulatedTask Compute(TestProgram program)
    {
        while (true)
            await program.Work(1_000_000);
    }

    /// <summary>Does nothing and ends.</summary>
    public static EmulatedTask Nothing(TestProgram program) => EmulatedTask.Completed;
}
